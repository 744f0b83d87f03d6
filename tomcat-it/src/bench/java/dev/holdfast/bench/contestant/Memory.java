package dev.holdfast.bench.contestant;

import dev.holdfast.it.node.NodeBuilder;

/** Tomcat as it comes: sessions in memory, gone with the node. */
final class Memory implements Contestant {
    @Override
    public String key() {
        return "memory";
    }

    @Override
    public String title() {
        return "Tomcat StandardManager, memory";
    }

    @Override
    public String note() {
        return "Tomcat's default. Nothing is stored; what a restart or another node would need is not there.";
    }

    @Override
    public boolean isYardstick() {
        return true;
    }

    @Override
    public NodeBuilder into(NodeBuilder node, Ground ground) {
        // what StandardManager writes at a stop nobody reads
        return node.contextElement("<Manager pathname=\"\" />").app("bench", Ground.app("session"));
    }

    @Override
    public long storeCpuNanos(Ground ground) {
        return 0;
    }
}
