/**
 * A binding whose every answer can be checked to the letter. It is packed into jars of any version,
 * so what a client sees tells which generation answered. Calls no other room.
 */
package dev.bindery.distribution.sequence;
