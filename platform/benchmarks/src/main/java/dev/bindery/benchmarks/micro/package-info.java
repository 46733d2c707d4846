/** JMH, for what cannot be seen through HTTP. Calls {@code subject} for the jars. */
@NullMarked
package dev.bindery.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
