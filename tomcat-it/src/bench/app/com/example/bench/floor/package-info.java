/** The floor: what a session in a database costs at least, by hand and without a manager. */
@NullMarked
package com.example.bench.floor;

import org.jspecify.annotations.NullMarked;
