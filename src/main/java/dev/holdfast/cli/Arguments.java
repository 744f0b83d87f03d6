package dev.holdfast.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command's words, taken apart: {@code --flag}, {@code --option value} or {@code --option=value}, and operands, in any
 * order. Behind {@code --} all words are operands; {@code -} alone is one. No option may be given twice.
 */
final class Arguments {
    private final Map<String, String> options = new HashMap<>();
    private final List<String> operands = new ArrayList<>();

    private Arguments() {}

    /** @throws CommandFailure if the words do not fit the syntax */
    static Arguments parse(String command, Syntax syntax, List<String> words) throws CommandFailure {
        Arguments arguments = new Arguments();
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String word = rest.pop();
            if (word.equals("--")) {
                arguments.operands.addAll(rest);
                rest.clear();
            } else if (word.startsWith("-") && !word.equals("-")) {
                arguments.takeOption(command, syntax, word, rest);
            } else {
                arguments.operands.add(word);
            }
        }
        if (arguments.operands.size() > syntax.maxOperands()) {
            // Not repeated: the word may be a password that lost its option.
            throw misused(
                    command,
                    "has " + arguments.operands.size() + " operands and takes at most " + syntax.maxOperands());
        }
        return arguments;
    }

    /** A misuse of a command: every such message ends in the same hint. */
    static CommandFailure misused(String command, String problem) {
        return CommandFailure.notUnderstood(command + " " + problem, "see " + command + " --help");
    }

    private void takeOption(String command, Syntax syntax, String word, Deque<String> rest) throws CommandFailure {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        String value = "";
        if (syntax.valued().contains(name)) {
            if (equals < 0 && rest.isEmpty()) {
                throw misused(command, "needs a value behind " + name);
            }
            value = equals < 0 ? rest.pop() : word.substring(equals + 1);
        } else if (!syntax.flags().contains(name)) {
            throw misused(command, "has no option " + name);
        } else if (equals >= 0) {
            throw misused(command, "takes " + name + " without a value");
        }
        if (options.putIfAbsent(name, value) != null) {
            throw misused(command, "has " + name + " twice");
        }
    }

    boolean has(String flag) {
        return options.containsKey(flag);
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(options.get(option));
    }

    List<String> operands() {
        return List.copyOf(operands);
    }
}
