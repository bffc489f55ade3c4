/** A service to test. */
@NullMarked
package com.example.tally;

import org.jspecify.annotations.NullMarked;
