/** Figures and their way into Markdown. Calls no other room. */
@NullMarked
package dev.bindery.benchmarks.report;

import org.jspecify.annotations.NullMarked;
