package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.http.Browser;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import dev.holdfast.it.node.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two versions of an application side by side: a session stays with its own, on every node. */
final class VersionsIT {
    @ParameterizedTest
    @EnumSource
    void anOldSessionStaysWithItsVersionAndANewOneGoesToTheNewest(TomcatLine line) throws IOException {
        Site site = Site.of(line);
        String descriptor = "<Context docBase=\"" + Workshop.shop() + "\" />\n";
        try (TomcatNode a = site.node("old-a").app("shop##1", Workshop.shop()).build();
                TomcatNode b =
                        site.node("old-b").app("shop##1", Workshop.shop()).build()) {
            List<TomcatNode> nodes = List.of(a, b);
            nodes.forEach(TomcatNode::launch);
            nodes.forEach(TomcatNode::awaitAnswer);
            Browser old = new Browser();
            old.probe(a, "append:m:one");
            assertThat(old.probe(b, "append:m:two", "version").value("version")).isEqualTo("1");
            for (TomcatNode node : nodes) {
                node.stop();
                Files.writeString(node.base().resolve("conf/Catalina/localhost/shop##2.xml"), descriptor);
                node.launch();
            }
            nodes.forEach(TomcatNode::awaitAnswer);
            Browser young = new Browser();

            for (TomcatNode node : nodes) {
                assertThat(old.probe(node, "get:m", "version").body()).isEqualTo("m=[one, two]\nversion=1\n");
                assertThat(young.probe(node, "count:n", "version").value("version"))
                        .isEqualTo("2");
            }
            assertThat(young.probe(a, "get:n").value("n")).isEqualTo("2");
            old.probe(b, "append:m:three");
            assertThat(old.probe(a, "get:m").value("m")).isEqualTo("[one, two, three]");
        }
    }
}
