package dev.bindery.benchmarks.client;

/**
 * How an answer that was right came in.
 *
 * @param version the version that all of it came from
 * @param firstPiece nanoseconds from asking to the first piece
 * @param longestGap the most nanoseconds between two pieces; 0 where there is one piece only
 */
public record CountedAnswer(int version, long firstPiece, long longestGap) {}
