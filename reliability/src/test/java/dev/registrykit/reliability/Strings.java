package dev.registrykit.reliability;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The texts that objects of the SDK hold, in whichever field, at whatever depth. */
final class Strings {

  private final Set<String> found = new TreeSet<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> next = new ArrayDeque<>();

  private Strings() {}

  static Set<String> of(Object root) {
    Strings strings = new Strings();
    strings.add(root);
    while (!strings.next.isEmpty()) {
      strings.visit(strings.next.pop());
    }
    return strings.found;
  }

  private void add(Object value) {
    if (value != null && seen.add(value)) {
      next.push(value);
    }
  }

  private void visit(Object value) {
    if (value instanceof CharSequence || value instanceof Number || value instanceof Enum<?>) {
      found.add(value.toString());
    } else if (value instanceof Collection<?> items) {
      items.forEach(this::add);
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> {
        add(key);
        add(item);
      });
    } else if (value instanceof Optional<?> optional) {
      optional.ifPresent(this::add);
    } else if (value instanceof Object[] items) {
      for (Object item : items) {
        add(item);
      }
    } else if (value instanceof byte[] bytes) {
      found.add(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1));
    } else if (value.getClass().getName().startsWith("dev.registrykit.")) {
      addFields(value);
    } else {
      found.add(value.toString());
    }
    if (value instanceof Throwable failure) {
      add(failure.getCause());
      add(failure.getSuppressed());
    }
  }

  private void addFields(Object value) {
    for (Class<?> type = value.getClass();
        type.getName().startsWith("dev.registrykit.");
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          try {
            add(field.get(value));
          } catch (IllegalAccessException e) {
            throw new AssertionError(e);
          }
        }
      }
    }
  }
}
