package dev.holdfast.cli;

import java.util.Set;

/**
 * What a command takes.
 *
 * @param flags options without a value, dashes included
 * @param valued options with a value, dashes included
 * @param maxOperands how many words that are no options
 */
record Syntax(Set<String> flags, Set<String> valued, int maxOperands) {}
