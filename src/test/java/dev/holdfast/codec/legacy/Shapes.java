package dev.holdfast.codec.legacy;

import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamException;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Classes of every shape that Java serialization knows. */
@SuppressWarnings({"all", "rawtypes", "unchecked", "deprecation"})
public final class Shapes {
    private Shapes() {}

    /** Not serializable: its constructor runs when a subclass is read. */
    public static class Base {
        public transient String fromConstructor;
        protected int lost = 1;

        protected Base() {
            fromConstructor = "constructed";
        }
    }

    public static class Parent extends Base implements Serializable {
        private String name = "parent";
        public Object shared;

        public String parentName() {
            return name;
        }

        public void setParentName(String name) {
            this.name = name;
        }
    }

    /** Shadows a field of its superclass. */
    public static class Child extends Parent {
        private String name = "child";
        public final int constant;
        public final List<String> finals;

        public Child(int constant) {
            this.constant = constant;
            this.finals = new ArrayList<>(List.of("a", "b"));
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    public static class Node implements Serializable {
        public String label;
        public Node next;
        public Object other;

        public Node(String label) {
            this.label = label;
        }
    }

    /** Equal by its label, in a set of its neighbour. */
    public static class Vertex implements Serializable {
        public Set<Vertex> neighbours = new HashSet<>();
        public String label;

        public Vertex(String label) {
            this.label = label;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Vertex && label.equals(((Vertex) other).label);
        }

        @Override
        public int hashCode() {
            return label.hashCode();
        }
    }

    public enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "with a body";
            }
        },
        BLUE
    }

    /** A type-safe enum from before Java 5. */
    public static class Status implements Serializable {
        public static final Status OPEN = new Status("open");
        public static final Status CLOSED = new Status("closed");
        private String code;

        private Status(String code) {
            this.code = code;
        }

        private Object readResolve() {
            return code.equals("open") ? OPEN : CLOSED;
        }
    }

    public record Point(int x, long y, String label, List<Object> parts) implements Serializable {}

    public record Strict(int positive) implements Serializable {
        public Strict {
            if (positive <= 0) {
                throw new IllegalArgumentException("secret 4711 is not positive: " + positive);
            }
        }
    }

    public static class Hooked implements Serializable {
        public transient int count;
        public String name;
        public Object part;

        public Hooked(String name, int count) {
            this.name = name;
            this.count = count;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeInt(count);
            out.writeObject(part);
            out.writeUTF("end");
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            count = in.readInt();
            if (in.readObject() != part) {
                throw new InvalidObjectException("identity lost");
            }
            in.readUTF();
        }
    }

    public static class HookedChild extends Hooked {
        public int more = 5;

        public HookedChild(String name) {
            super(name, 9);
        }
    }

    public static class External implements Externalizable {
        public String name = "";
        public Object part;

        public External() {}

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeUTF(name);
            out.writeObject(part);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
            name = in.readUTF();
            part = in.readObject();
        }
    }

    /** Travels as another object. */
    public static class Proxied implements Serializable {
        public final transient String secret;
        public final transient Object part;

        public Proxied(String secret, Object part) {
            this.secret = secret;
            this.part = part;
        }

        private Object writeReplace() {
            return new Form(secret, part);
        }

        private void readObject(ObjectInputStream in) throws IOException {
            throw new InvalidObjectException("only by its form");
        }

        private static class Form implements Serializable {
            private final String secret;
            private final Object part;

            Form(String secret, Object part) {
                this.secret = secret;
                this.part = part;
            }

            private Object readResolve() throws ObjectStreamException {
                return new Proxied(secret, part);
            }
        }
    }

    /** Travels as a plain object without hooks, and stays one. */
    public static class ReplacedByPlain implements Serializable {
        private Object writeReplace() {
            return new Node("plain");
        }
    }

    public static class ResolvesToString implements Serializable {
        public int x = 1;

        private Object readResolve() {
            return "resolved";
        }
    }

    public static class ResolvesToNull implements Serializable {
        public int x = 1;

        private Object readResolve() {
            return null;
        }
    }

    public static class Persistent implements Serializable {
        private static final ObjectStreamField[] serialPersistentFields = {new ObjectStreamField("kept", String.class)};
        public String kept = "kept";
        public String dropped = "dropped";
    }

    public static class OwnList extends ArrayList<Object> {
        public String title = "own";
    }

    public static class OwnMap extends HashMap<Object, Object> {
        public Object owner;
    }

    /** JDK superclass without state of its own, not serializable. */
    public static class OwnAbstract extends AbstractList<String> implements Serializable {
        public String[] all = {"x", "y"};

        @Override
        public String get(int index) {
            return all[index];
        }

        @Override
        public int size() {
            return all.length;
        }
    }

    public static class OwnException extends RuntimeException {
        public Object detail;

        public OwnException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    public static class Outer implements Serializable {
        public int number = 3;
        public Inner inner = new Inner();

        public class Inner implements Serializable {
            public int half = 1;

            public Outer outer() {
                return Outer.this;
            }
        }

        public Serializable anonymous(final String captured) {
            return new Serializable() {
                public String kept = captured + number;
            };
        }
    }

    public static class ByLength implements Comparator<String>, Serializable {
        @Override
        public int compare(String a, String b) {
            return a.length() != b.length() ? a.length() - b.length() : a.compareTo(b);
        }
    }

    public interface Greeter {
        String greet(String name);
    }

    public static class Handler implements InvocationHandler, Serializable {
        public String greeting = "hello ";

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return switch (method.getName()) {
                case "greet" -> greeting + arguments[0];
                case "hashCode" -> 7;
                case "equals" -> proxy == arguments[0];
                default -> "proxy";
            };
        }
    }

    public interface SerializableGreeter extends Greeter, Serializable {}

    public static SerializableGreeter lambda(String captured) {
        return name -> captured + name;
    }

    /** A connection, as far as a session is concerned. */
    public static class Connection {
        public String url = "secret";
    }

    public static class Dao implements Serializable {
        public Object connection = new Connection();
    }

    public static class Holder implements Serializable {
        public Object dao;
        public Map<String, Object> map = new HashMap<>();
    }
}
