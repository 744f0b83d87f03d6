package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.node.TomcatLine;
import java.util.Map;
import java.util.TreeMap;
import javax.management.MBeanAttributeInfo;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator sees under Tomcat's usual name, and what nobody sees. */
@ParameterizedClass
@EnumSource
final class JmxIT {
    private static final String NAME = "Catalina:type=Manager,host=localhost,context=/shop";

    private final Site site;
    private final Shopper shopper = new Shopper();

    JmxIT(TomcatLine line) {
        site = Site.of(line);
    }

    @Test
    void countersTellWhatWasDone() {
        Map<String, String> before = attributes();
        shopper.add(site.a()).add(site.a());
        shopper.logIn(site.a());
        shopper.logOut(site.a());
        Map<String, String> after = attributes();

        for (String counter : new String[] {"loads", "creates", "saves", "rotations", "invalidations"}) {
            assertThat(Long.parseLong(after.get(counter)))
                    .as(counter)
                    .isGreaterThan(Long.parseLong(before.get(counter)));
        }
        assertThat(after)
                .containsEntry("failures", before.get("failures"))
                .containsKeys("conflicts", "touches", "health");
    }

    @Test
    void noPasswordNoKeyAndNoSessionIdIsShown() {
        shopper.add(site.a());

        Map<String, String> shown = attributes();
        String operations = site.a().jvm().jmx(mbeans -> {
            StringBuilder names = new StringBuilder();
            for (var operation : mbeans.getMBeanInfo(new ObjectName(NAME)).getOperations()) {
                names.append(operation.getName()).append(' ');
            }
            return names.toString();
        });

        assertThat(shown.keySet()).doesNotContain("password", "keys", "username", "url");
        assertThat(shown.values())
                .noneMatch(value -> value.contains(shopper.sessionId().split("\\.")[0]));
        assertThat(operations).doesNotContain("listSessionIds", "getSession", "expireSession", "getLastAccessedTime");
    }

    private Map<String, String> attributes() {
        return site.a().jvm().jmx(mbeans -> {
            ObjectName name = new ObjectName(NAME);
            Map<String, String> values = new TreeMap<>();
            for (MBeanAttributeInfo attribute : mbeans.getMBeanInfo(name).getAttributes()) {
                values.put(attribute.getName(), String.valueOf(mbeans.getAttribute(name, attribute.getName())));
            }
            return values;
        });
    }
}
