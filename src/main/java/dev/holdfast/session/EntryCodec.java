package dev.holdfast.session;

import dev.holdfast.codec.Encoding;
import dev.holdfast.codec.Fragment;
import dev.holdfast.codec.FragmentSet;
import dev.holdfast.codec.SessionCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The two codecs of an engine: the application's attributes pass the class filter that the administrator has set, the container's
 * properties do not, because the filter speaks of attributes. Safe for use by many threads.
 */
public final class EntryCodec implements AutoCloseable {
    private final SessionCodec attributes;
    private final SessionCodec others;

    /**
     * @param attributes for the application's attributes
     * @param others for what the container and the engine store
     */
    public EntryCodec(SessionCodec attributes, SessionCodec others) {
        this.attributes = attributes;
        this.others = others;
    }

    Encoding encode(Map<String, Object> entries) {
        Map<String, Object> own = new HashMap<>(2 * entries.size());
        Map<String, Object> rest = new HashMap<>();
        entries.forEach((entry, value) -> (EntryName.isAttribute(entry) ? own : rest).put(entry, value));
        if (rest.isEmpty()) {
            return attributes.encode(own);
        }
        if (own.isEmpty()) {
            return others.encode(rest);
        }
        Encoding first = attributes.encode(own);
        Encoding second = others.encode(rest);
        List<Fragment> fragments = new ArrayList<>(first.fragments());
        fragments.addAll(second.fragments());
        List<Encoding.Refusal> refusals = new ArrayList<>(first.refusals());
        refusals.addAll(second.refusals());
        return new Encoding(fragments, refusals);
    }

    Map<String, Object> decode(Fragment fragment) {
        return codecOf(fragment.names().get(0)).decode(fragment);
    }

    boolean isImmutable(@Nullable Object value) {
        return attributes.isImmutable(value);
    }

    byte[] write(FragmentSet fragments) {
        return attributes.write(fragments);
    }

    FragmentSet read(byte[] bytes) {
        return attributes.read(bytes);
    }

    private SessionCodec codecOf(String entry) {
        return EntryName.isAttribute(entry) ? attributes : others;
    }

    /** Lets go of the application's classes. Idempotent. */
    @Override
    public void close() {
        attributes.close();
        others.close();
    }
}
