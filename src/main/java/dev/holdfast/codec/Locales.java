package dev.holdfast.codec;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A locale as language, country and variant, or as its language tag (RFC 5646) if it has a script or extensions and the tag says it
 * all.
 */
final class Locales implements FallbackSerializer.ShortForm<Locale, Locale> {
    @Override
    public @Nullable Locale of(Locale value) {
        return hasTag(value) && !Locale.forLanguageTag(value.toLanguageTag()).equals(value) ? null : value;
    }

    private static boolean hasTag(Locale locale) {
        return !locale.getScript().isEmpty() || locale.hasExtensions();
    }

    @Override
    public void write(Graph graph, GraphOutput out, Locale state) {
        boolean tag = hasTag(state);
        out.writeBoolean(tag);
        if (tag) {
            out.text(state.toLanguageTag());
        } else {
            out.text(state.getLanguage());
            out.text(state.getCountry());
            out.text(state.getVariant());
        }
    }

    @Override
    public Locale read(Graph graph, GraphInput in) {
        return in.readBoolean() ? Locale.forLanguageTag(in.text()) : new Locale(in.text(), in.text(), in.text());
    }

    @Override
    public void skip(Graph graph, GraphInput in) {
        read(graph, in);
    }
}
