package dev.holdfast.codec;

import java.util.concurrent.ConcurrentHashMap;

/** What all graphs of one codec have in common. Holds the application's classes; whoever holds it lets go of it at the end. */
final class CodecContext {
    private final CodecSettings settings;
    private final ClassLookup classes;
    private final WritingPlans plans;
    private final Definitions definitions = new Definitions();
    private final Descriptors descriptors = new Descriptors();
    private final ConcurrentHashMap<Class<?>, HookTraits> traits = new ConcurrentHashMap<>();

    CodecContext(CodecSettings settings) {
        this.settings = settings;
        this.classes = new ClassLookup(settings.classLoader(), settings.classFilter());
        this.plans = new WritingPlans(classes);
    }

    CodecSettings settings() {
        return settings;
    }

    ClassLookup classes() {
        return classes;
    }

    WritingPlans plans() {
        return plans;
    }

    Definitions definitions() {
        return definitions;
    }

    Descriptors descriptors() {
        return descriptors;
    }

    HookTraits traitsOf(Class<?> type) {
        HookTraits known = traits.get(type);
        return known == null ? traits.computeIfAbsent(type, HookTraits::of) : known;
    }
}
