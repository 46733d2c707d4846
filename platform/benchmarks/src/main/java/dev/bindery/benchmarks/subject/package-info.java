/** The processes that are measured: started, looked at, ended by their id. Calls no other room. */
@NullMarked
package dev.bindery.benchmarks.subject;

import org.jspecify.annotations.NullMarked;
