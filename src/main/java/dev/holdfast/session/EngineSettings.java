package dev.holdfast.session;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * What one engine is made for.
 *
 * @param app the application's name, {@code ##version} included
 * @param storable whether an attribute of this name may be stored; one that may not stays on this node
 * @param touchInterval how long accesses may go unrecorded; never more than a tenth of a session's time-out is used
 * @param maxSessionBytes the largest session that is saved, in bytes before sealing
 * @param maxIdleCopies how many copies that no request uses stay in memory at most; 0: none
 * @param maxIdleCopyBytes of how much memory in all, in bytes; 0: none
 */
public record EngineSettings(
        String app,
        Predicate<String> storable,
        Duration touchInterval,
        int maxSessionBytes,
        int maxIdleCopies,
        long maxIdleCopyBytes) {}
