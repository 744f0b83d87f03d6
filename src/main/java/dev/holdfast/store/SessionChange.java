package dev.holdfast.store;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a save writes.
 *
 * @param newRevision a random positive number, drawn by the caller, so that after a lost answer the row tells whether
 *     this very save happened
 * @param base the sealed contents, or {@code null} to leave the column untouched
 * @param delta the sealed changes since the base, or {@code null} for none: this column is always written
 * @param maxInactiveSeconds a changed time-out; it counts from now and moves the expiry in either direction
 * @param touch whether to move the expiry as {@link SessionStore#touch} does; a changed time-out does so anyhow
 */
public record SessionChange(
        long newRevision,
        byte @Nullable [] base,
        byte @Nullable [] delta,
        OptionalInt maxInactiveSeconds,
        boolean touch) {}
