package io.bodybroker.sdk.metrics;

/** The values of one metric under one combination of label values. */
sealed interface Series permits Counter, Histogram, Observed {}
