package dev.holdfast.codec;

import java.util.List;

/**
 * What became of the entries given to {@link SessionCodec#encode}: each is either in exactly one fragment or refused.
 */
public record Encoding(List<Fragment> fragments, List<Refusal> refusals) {
    /**
     * An entry that cannot be encoded.
     *
     * @param name the entry
     * @param path from the entry to the culprit, as in {@code cart.dao.connection}
     * @param reason why, with the culprit's class; never a value
     */
    public record Refusal(String name, String path, String reason) {}
}
