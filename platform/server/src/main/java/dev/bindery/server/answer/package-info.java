/**
 * What all the LLM APIs share between a request and its answer: the call into the host under its
 * client's watch, answers that are streamed, and media, which come inside a request or are fetched
 * for it. An adapter turns its API's requests into the contract's, and says in an {@link
 * dev.bindery.server.answer.AnswerForm} how an answer looks; it never knows another adapter. May
 * use the host's door, {@code fetch}, {@code http} and {@code json}.
 */
@NullMarked
package dev.bindery.server.answer;

import org.jspecify.annotations.NullMarked;
