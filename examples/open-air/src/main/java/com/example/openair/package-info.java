/** Open-air stages: an example of a service that lives on the game's events. */
@NullMarked
package com.example.openair;

import org.jspecify.annotations.NullMarked;
