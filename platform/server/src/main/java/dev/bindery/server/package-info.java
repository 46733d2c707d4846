/**
 * HTTP in front of a host: start a {@link dev.bindery.server.BinderyServer}. The rooms below:
 * {@code connection} watches clients, {@code http} lets requests in, {@code json} reads and writes,
 * {@code fetch} fetches what clients name by address, {@code answer} is what the LLM APIs share,
 * {@code openai}, {@code anthropic}, {@code ollama} and {@code lollms} are four of them, {@code
 * recall} remembers what clients drop, {@code admin} is for CLI and console, {@code health} and
 * {@code metrics} for whoever watches over the process, {@code account} what became of each
 * request, {@code access} the log of it, {@code console} and {@code session} are for browsers,
 * {@code tls} is the certificate, {@code diagnosis} what the doctor says of how the host is
 * reached.
 */
@NullMarked
package dev.bindery.server;

import org.jspecify.annotations.NullMarked;
