/** The service and the caller that the README shows. */
@NullMarked
package com.example.greeter;

import org.jspecify.annotations.NullMarked;
