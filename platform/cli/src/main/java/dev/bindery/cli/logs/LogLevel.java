package dev.bindery.cli.logs;

/** How much a record matters, the least first. */
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR
}
