package dev.holdfast.bench.contestant;

import dev.holdfast.bench.meter.ProcessCpu;
import dev.holdfast.it.node.NodeBuilder;
import dev.holdfast.it.node.Workshop;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Redisson's manager for Tomcat, on a Redis on this machine. */
final class Redisson implements Contestant {
    private @Nullable RedisServer redis;

    @Override
    public String key() {
        return "redisson";
    }

    @Override
    public String title() {
        return "Redisson 3.52 on Redis";
    }

    @Override
    public String note() {
        return "readMode REDIS (nothing is read from a node's memory), updateMode DEFAULT, its default codec, a Redis without"
                + " persistence, no encryption. It does not notice a change in place: the cart is handed to setAttribute"
                + " after each change.";
    }

    @Override
    public Optional<String> missing() {
        return RedisServer.executable().isPresent()
                ? Optional.empty()
                : Optional.of("redis-server is not installed on this machine");
    }

    @Override
    public boolean usesDatabase() {
        return false;
    }

    @Override
    public void prepare(Ground ground) {
        redis = RedisServer.start();
    }

    @Override
    public NodeBuilder into(NodeBuilder node, Ground ground) {
        RedisServer server = server();
        for (Path jar : Folder.jars(Workshop.target().resolve("redisson"))) {
            node.library(jar);
        }
        return node.property("bench.cart", "explicit")
                .file(
                        "conf/redisson.yaml",
                        """
                        singleServerConfig:
                          address: "redis://127.0.0.1:%d"
                        """
                                .formatted(server.port()))
                .contextElement(
                        """
                        <Manager className="org.redisson.tomcat.RedissonSessionManager"
                                 configPath="${catalina.base}/conf/redisson.yaml"
                                 readMode="REDIS" updateMode="DEFAULT" />
                        """)
                .app("bench", Ground.app("session"));
    }

    @Override
    public long storeCpuNanos(Ground ground) {
        return ProcessCpu.nanos(server().pid());
    }

    private RedisServer server() {
        RedisServer current = redis;
        if (current == null) {
            throw new IllegalStateException("not prepared");
        }
        return current;
    }

    @Override
    public void close() {
        RedisServer current = redis;
        redis = null;
        if (current != null) {
            current.close();
        }
    }
}
