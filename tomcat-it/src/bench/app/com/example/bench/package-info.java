/** The application of the benchmark: the same session and the same paths for every contestant. */
@NullMarked
package com.example.bench;

import org.jspecify.annotations.NullMarked;
