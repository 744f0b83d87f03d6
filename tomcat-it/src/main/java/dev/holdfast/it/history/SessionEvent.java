package dev.holdfast.it.history;

/**
 * What a listener of the application was told.
 *
 * @param session label of the session
 * @param name {@code destroyed} or {@code unbound}
 * @param node index of the node whose listener it was
 * @param at when, on the clock of the operations, as exactly as two processes' clocks allow
 */
public record SessionEvent(String session, String name, int node, long at) {}
