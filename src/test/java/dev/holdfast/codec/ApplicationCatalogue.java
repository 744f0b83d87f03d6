package dev.holdfast.codec;

import dev.holdfast.codec.legacy.Cart;
import dev.holdfast.codec.legacy.Shapes;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** Values of an application's, each made anew by its supplier. */
@SuppressWarnings({"all", "rawtypes", "unchecked", "deprecation"})
final class ApplicationCatalogue {
    private ApplicationCatalogue() {}

    static Map<String, Callable<Object>> values() {
        Map<String, Callable<Object>> all = new LinkedHashMap<>();
        all.put("plain class", () -> new Cart(7).add("sku", 2, 9.5).add("other", 1, 1));
        all.put("field set to null", () -> {
            Cart cart = new Cart(1);
            cart.note = null;
            cart.items = null;
            return cart;
        });
        all.put("class with superclass", () -> child());
        all.put("ring", () -> {
            Shapes.Node first = new Shapes.Node("first");
            first.next = new Shapes.Node("second");
            first.next.next = first;
            first.other = first;
            return first;
        });
        all.put("shared object", () -> {
            List<Object> shared = new ArrayList<>();
            return new Object[] {shared, shared, new ArrayList<>(), new Object[] {shared}};
        });
        all.put("shared string", () -> {
            String shared = new String("shared");
            return new Object[] {shared, shared, new String("shared")};
        });
        all.put("vertices in each other's sets", () -> {
            Shapes.Vertex a = new Shapes.Vertex("a");
            Shapes.Vertex b = new Shapes.Vertex("b");
            a.neighbours.add(b);
            b.neighbours.add(a);
            return a;
        });
        all.put("enum", () -> Shapes.Color.RED);
        all.put("enum constant with body", () -> Shapes.Color.GREEN);
        all.put("enum array", () -> new Shapes.Color[] {Shapes.Color.GREEN, null, Shapes.Color.RED});
        all.put("enum class", () -> Shapes.Color.class);
        all.put("EnumMap of ours", () -> new EnumMap<>(Map.of(Shapes.Color.GREEN, "g")));
        all.put("EnumSet of ours", () -> EnumSet.of(Shapes.Color.GREEN));
        all.put("type-safe enum", () -> new Object[] {Shapes.Status.OPEN, Shapes.Status.CLOSED, Shapes.Status.OPEN});
        all.put("record", () -> new Shapes.Point(1, -2L, null, new ArrayList<>(List.of("p"))));
        all.put("records share a part", () -> {
            List<Object> shared = new ArrayList<>();
            return new Object[] {new Shapes.Point(1, 1, "a", shared), new Shapes.Point(2, 2, "b", shared), shared};
        });
        all.put("hooks", () -> hooked());
        all.put("hooks in a superclass", () -> {
            Shapes.HookedChild child = new Shapes.HookedChild("child");
            child.part = child.name;
            return child;
        });
        all.put("hooks share a part with a plain object", () -> {
            Shapes.Hooked hooked = hooked();
            Cart cart = new Cart(1);
            cart.note = hooked.part;
            return new Object[] {hooked, cart, hooked};
        });
        all.put("many with hooks", () -> {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                list.add(hooked());
            }
            return list;
        });
        all.put("cycle through hooks", () -> {
            Shapes.Hooked hooked = hooked();
            hooked.part = new Object[] {hooked};
            return new Object[] {hooked, "beside"};
        });
        all.put("hooks refer to themselves", () -> {
            Shapes.Hooked hooked = hooked();
            hooked.part = hooked;
            return hooked;
        });
        all.put("Externalizable", () -> {
            Shapes.External external = new Shapes.External();
            external.name = "n";
            external.part = new ArrayList<>(List.of(1));
            return new Object[] {external, external.part};
        });
        all.put("serialPersistentFields", () -> {
            Shapes.Persistent persistent = new Shapes.Persistent();
            persistent.dropped = null;
            return persistent;
        });
        all.put("extends ArrayList", () -> ownList());
        all.put("extends HashMap", () -> {
            Shapes.OwnMap map = new Shapes.OwnMap();
            map.put("a", 1);
            map.owner = new ArrayList<>();
            return new Object[] {map, map.owner};
        });
        all.put("extends AbstractList", () -> new Shapes.OwnAbstract());
        all.put("exception of ours", () -> {
            Shapes.OwnException exception = new Shapes.OwnException("m", new IllegalStateException("c"));
            exception.detail = new Cart(1);
            return exception;
        });
        all.put("inner class", () -> new Shapes.Outer());
        all.put("inner class first", () -> new Object[] {new Shapes.Outer().inner});
        all.put("anonymous class", () -> new Shapes.Outer().anonymous("captured"));
        all.put("local record", () -> {
            record Local(int a) implements java.io.Serializable {}
            return new Local(3);
        });
        all.put("comparator of ours", () -> {
            TreeMap<String, Object> map = new TreeMap<>(new Shapes.ByLength());
            map.put("long", 1);
            map.put("x", 2);
            return map;
        });
        all.put("comparator leads back to its set", () -> {
            Holding comparator = new Holding();
            TreeSet<String> set = new TreeSet<>(comparator);
            set.add("a");
            comparator.set = set;
            return new Object[] {set};
        });
        all.put("app array in Object[]", () -> new Object[] {new Cart[] {new Cart(1)}, new Cart[0][0]});
        all.put("map of everything", () -> {
            Map<Object, Object> map = new HashMap<>();
            map.put("cart", new Cart(1).add("x", 1, 1));
            map.put("hooked", hooked());
            map.put("list", ownList());
            map.put("self", map);
            return new Object[] {map};
        });
        all.put("proxy", () -> {
            Object proxy = Proxy.newProxyInstance(
                    ApplicationCatalogue.class.getClassLoader(),
                    new Class<?>[] {Shapes.Greeter.class, Comparable.class},
                    new Shapes.Handler());
            return new Object[] {proxy, proxy};
        });
        return all;
    }

    /** A comparator that knows the set it sorts. */
    static class Holding implements java.util.Comparator<String>, java.io.Serializable {
        TreeSet<String> set;

        @Override
        public int compare(String a, String b) {
            return a.compareTo(b);
        }
    }

    static Shapes.Child child() {
        Shapes.Child child = new Shapes.Child(42);
        child.setName("changed");
        child.setParentName("also changed");
        child.shared = child.finals;
        return child;
    }

    static Shapes.Hooked hooked() {
        Shapes.Hooked hooked = new Shapes.Hooked("h", 5);
        hooked.part = new ArrayList<>(List.of("part"));
        return hooked;
    }

    static Shapes.OwnList ownList() {
        Shapes.OwnList list = new Shapes.OwnList();
        list.add("a");
        list.add(list.title);
        list.title = "changed";
        return list;
    }
}
