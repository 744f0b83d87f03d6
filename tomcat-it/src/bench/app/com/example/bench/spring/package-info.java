/** Spring Session JDBC, installed as its documentation has it for a plain servlet application. */
@NullMarked
package com.example.bench.spring;

import org.jspecify.annotations.NullMarked;
