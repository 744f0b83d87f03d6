package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.codec.legacy.Torn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An attribute that cannot be encoded at the moment, because another request is changing it all the time. */
class BusyTest extends EngineTestBase {
    @Test
    void theRowKeepsItsValueUntilTheOtherRequestSaves() {
        a.begin(ID, session -> session.put("busy", busy("stored")));
        Node.Request changing = a.request(ID);
        Torn.OwnHooks busy = hooks(changing.get("busy"));
        changeAtEachLook(busy);
        a.serve(ID, session -> {
            session.get("busy");
            session.put("other", "saved");
        });

        assertThat(elements(b, "busy")).containsExactly("stored");
        assertThat(b.read(ID, "other")).isEqualTo("saved");
        assertThat(a.reports).singleElement().asString().contains("being changed by another request");

        rest(busy, "last word");
        changing.close();
        assertThat(elements(b, "busy")).containsExactly("last word");
    }

    @Test
    void whatWasSetByTheOneIsSavedByTheOther() {
        a.begin(ID, session -> {});
        Node.Request setting = a.request(ID);
        Node.Request changing = a.request(ID);
        setting.run(session -> session.put("busy", busy("new")));
        Torn.OwnHooks busy = hooks(changing.get("busy"));
        changeAtEachLook(busy);
        setting.close();
        assertThat(b.read(ID, "busy")).isNull();

        rest(busy, "last word");
        changing.close();
        assertThat(elements(b, "busy")).containsExactly("last word");
    }

    @Test
    void oneOfTwoThatShareAnObjectIsSavedOnceItCanBe() {
        List<Object> shared = new ArrayList<>(List.of("shared"));
        a.begin(ID, session -> {
            session.put("busy", new Object[] {shared, busy("stored")});
            session.put("calm", shared);
        });
        Node.Request changing = a.request(ID);
        Torn.OwnHooks busy = hooks(changing.get("busy"));
        changeAtEachLook(busy);
        a.serve(ID, session -> {
            session.get("busy");
            list(session.get("calm")).add("changed");
        });
        assertThat(list(b.read(ID, "calm"))).containsExactly("shared", "changed");

        rest(busy, "last word");
        changing.close();
        assertThat(elements(b, "busy")).containsExactly("last word");

        a.serve(ID, session -> hooks(session.get("busy")).elements.add("later"));
        assertThat(elements(b, "busy")).containsExactly("last word", "later");
    }

    @Test
    void oneOfTwoThatShareAnObjectIsSavedOnceItHasLetGoOfWhatCannotBe() {
        List<Object> shared = new ArrayList<>(List.of("shared"));
        a.begin(ID, session -> {
            session.put("holder", new ArrayList<>(List.of(shared)));
            session.put("calm", shared);
        });
        a.serve(ID, session -> {
            list(session.get("holder")).add(new Thread());
            list(session.get("calm")).add("changed");
        });
        a.serve(ID, session -> list(session.get("holder")).set(1, "serializable"));

        assertThat(list(b.read(ID, "holder"))).contains("serializable");
    }

    private static Torn.OwnHooks busy(String element) {
        Torn.OwnHooks busy = new Torn.OwnHooks();
        busy.elements.add(element);
        return busy;
    }

    private static List<Object> elements(Node node, String name) {
        return hooks(node.read(ID, name)).elements;
    }

    /** The attribute, or the last of those that it holds. */
    private static Torn.OwnHooks hooks(@Nullable Object attribute) {
        Object value = attribute instanceof Object[] parts ? parts[parts.length - 1] : attribute;
        return (Torn.OwnHooks) Objects.requireNonNull(value);
    }

    private static void changeAtEachLook(Torn.OwnHooks busy) {
        busy.elements.addAll(Collections.nCopies(10_000, "x"));
        busy.between = () -> busy.elements.remove(0);
    }

    private static void rest(Torn.OwnHooks busy, String element) {
        busy.between = () -> {};
        busy.elements = new ArrayList<>(List.of(element));
    }
}
