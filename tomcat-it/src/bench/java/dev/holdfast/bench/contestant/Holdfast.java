package dev.holdfast.bench.contestant;

import dev.holdfast.it.holdfast.Installation;
import dev.holdfast.it.node.NodeBuilder;

/** Holdfast with its defaults: strict mode, encryption on. */
public final class Holdfast implements Contestant {
    private final String app;
    private final String attributes;

    public Holdfast() {
        this("session", "");
    }

    private Holdfast(String app, String attributes) {
        this.app = app;
        this.attributes = attributes;
    }

    /** One that sweeps at every turn of Tomcat's background thread; its application may have a listener. */
    public static Holdfast sweeping(boolean listening) {
        return new Holdfast(listening ? "listening" : "session", "processExpiresFrequency=\"1\" ");
    }

    @Override
    public String key() {
        return "holdfast";
    }

    @Override
    public String title() {
        return "Holdfast";
    }

    @Override
    public String note() {
        return "As the example configuration has it: every read asks the database, every change is committed before the"
                + " answer, everything is sealed.";
    }

    @Override
    public boolean isYardstick() {
        return true;
    }

    @Override
    public NodeBuilder into(NodeBuilder node, Ground ground) {
        Installation installation = ground.holdfast();
        return installation
                .intoWithoutContext(node)
                .contextElement(installation.managerElement().replace("<Manager ", "<Manager " + attributes))
                .app("bench", Ground.app(app));
    }
}
