package dev.holdfast.session;

import dev.holdfast.codec.Fragment;
import dev.holdfast.codec.FragmentSet;
import dev.holdfast.codec.UndecodableException;
import dev.holdfast.crypto.NotAuthenticException;
import dev.holdfast.crypto.SessionCrypto;
import dev.holdfast.store.IdHash;
import dev.holdfast.store.Revision;
import dev.holdfast.store.SessionRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns images into sealed columns and back. The associated data binds each column to its place: the application, the id hash,
 * the part, and for a delta the one base that it was sealed for. So nothing that is copied to another row, another column, or
 * beside another base opens there.
 *
 * <p>Associated data: the ASCII letters {@code HFS1}, one byte for the part ({@code 1} base, {@code 2} delta), the length of the
 * application's name in UTF-8 as four bytes big-endian, that name, the id hash (32 bytes), and for a delta the identity of the
 * sealed base.
 *
 * <p>Safe for use by many threads.
 */
final class Vault {
    private static final byte[] LABEL = "HFS1".getBytes(StandardCharsets.US_ASCII);
    private static final byte BASE = 1;
    private static final byte DELTA = 2;
    private static final byte[] NONE = new byte[0];

    private final byte[] app;
    private final SessionCrypto crypto;
    private final EntryCodec codec;

    Vault(String app, SessionCrypto crypto, EntryCodec codec) {
        this.app = app.getBytes(StandardCharsets.UTF_8);
        this.crypto = crypto;
        this.codec = codec;
    }

    /**
     * The columns of an image.
     *
     * @param image as it was sealed
     * @param base the sealed base, or {@code null} where the column holds it already
     * @param delta the sealed delta, or {@code null} where there is none
     */
    record Sealed(RowImage image, byte @Nullable [] base, byte @Nullable [] delta) {
        byte[] requiredBase() {
            return Objects.requireNonNull(base, "sealed whole");
        }
    }

    /** Seals an image for a row whose base column already holds this image's base. */
    Sealed sealDelta(IdHash id, RowImage image) {
        return new Sealed(image, null, delta(id, image));
    }

    /** Seals an image for a row of its own, or one whose base is to be replaced. */
    Sealed sealWhole(IdHash id, RowImage image) {
        RowImage folded = image.folded();
        byte[] base = crypto.seal(codec.write(folded.base()), associatedData(id, BASE, NONE));
        RowImage bound = folded.as(crypto.identityOf(base));
        return new Sealed(bound, base, delta(id, bound));
    }

    /**
     * Opens a row that came with its contents.
     *
     * @throws dev.holdfast.crypto.NotAuthenticException if either column was not sealed for this place
     * @throws dev.holdfast.codec.UndecodableException if a newer version of Holdfast wrote it
     */
    RowImage open(SessionRow row) {
        byte[] base = row.base();
        // a row whose contents are gone is no different from one whose contents were cut off
        byte[] sealed = base == null ? NONE : base;
        FragmentSet opened = codec.read(crypto.open(sealed, associatedData(row.idHash(), BASE, NONE)));
        byte[] identity = crypto.identityOf(sealed);
        byte[] sealedDelta = row.delta();
        FragmentSet delta = sealedDelta == null
                ? RowImage.NOTHING
                : codec.read(crypto.open(sealedDelta, associatedData(row.idHash(), DELTA, identity)));
        return new RowImage(opened, delta, identity);
    }

    /**
     * Opens a row that came without its base, as that of this image.
     *
     * @return empty where nothing proves that it is: plaintext is bound to nothing, and a delta opens beside its own base only; what is
     *     wrong with it, if anything, is to be found out from the whole row
     */
    Optional<RowImage> openOver(SessionRow row, RowImage held) {
        byte[] sealed = row.delta();
        if (sealed == null || !crypto.encrypts()) {
            return Optional.empty();
        }
        try {
            byte[] delta = crypto.open(sealed, associatedData(row.idHash(), DELTA, held.baseIdentity()));
            return Optional.of(held.with(codec.read(delta)));
        } catch (NotAuthenticException | UndecodableException e) {
            return Optional.empty();
        }
    }

    /** A revision for a write of these columns to the row that is at that one. */
    long revisionAfter(long present, Sealed sealed) {
        return sealed.base() == null && crypto.encrypts() ? Revision.after(present) : Revision.ofNewBase();
    }

    /** Encodes plain values. */
    List<Fragment> encode(Map<String, Object> entries) {
        return codec.encode(entries).fragments();
    }

    /** One plain value of an image; {@code null} if it is not there. */
    @Nullable
    Object read(RowImage image, String entry) {
        Fragment fragment = image.effective(entry);
        return fragment == null ? null : codec.decode(fragment).get(entry);
    }

    private byte @Nullable [] delta(IdHash id, RowImage image) {
        return image.hasDelta()
                ? crypto.seal(codec.write(image.delta()), associatedData(id, DELTA, image.baseIdentity()))
                : null;
    }

    private byte[] associatedData(IdHash id, byte part, byte[] baseIdentity) {
        return ByteBuffer.allocate(LABEL.length + 1 + 4 + app.length + IdHash.LENGTH + baseIdentity.length)
                .put(LABEL)
                .put(part)
                .putInt(app.length)
                .put(app)
                .put(id.bytes())
                .put(baseIdentity)
                .array();
    }
}
