package dev.holdfast.codec;

import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * What a codec is made for.
 *
 * @param classLoader the web application's
 * @param classFilter told the name of every class whose instances are read or written, at every depth; an entry with a class
 *     it does not admit is refused on encoding and undecodable on decoding
 * @param flags computes {@link Fragment#flags} from a top-level value; those of a fragment with several are combined with or
 * @param maxFragmentBytes the largest fragment that is written or read
 * @param maxDepth how deeply nested a graph may be
 */
public record CodecSettings(
        ClassLoader classLoader,
        Predicate<String> classFilter,
        ToIntFunction<Object> flags,
        int maxFragmentBytes,
        int maxDepth) {}
