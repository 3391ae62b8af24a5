package dev.registrykit.testsupport;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What callers of a type see of it, as lines of text. */
final class ApiText {

  private ApiText() {}

  /** Whether others can name a type: it, and all that it stands in. */
  static boolean isVisible(Class<?> type) {
    return isVisible(type.getModifiers())
        && !type.isAnonymousClass()
        && !type.isLocalClass()
        && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  /** One line for the type, and one for each member that it has or inherits from what others cannot see. */
  static List<String> of(Class<?> type) {
    Set<String> members = new TreeSet<>();
    for (Class<?> from = type;
        from != null && (from == type || !isVisible(from));
        from = from.getSuperclass()) {
      addMembers(from, type, members);
    }
    List<String> lines = new ArrayList<>();
    lines.add(declaration(type));
    members.forEach(member -> lines.add("  " + member));
    return lines;
  }

  private static void addMembers(Class<?> from, Class<?> type, Set<String> members) {
    int ofMembers = Modifier.isFinal(type.getModifiers()) ? ~Modifier.FINAL : ~0;
    for (Field field : from.getDeclaredFields()) {
      if (isSeen(field.getModifiers(), field.isSynthetic(), type)) {
        members.add(modifiers(field.getModifiers() & ~Modifier.FINAL)
            + name(field.getAnnotatedType()) + " " + field.getName());
      }
    }
    for (Constructor<?> constructor :
        from == type ? from.getDeclaredConstructors() : new Constructor<?>[0]) {
      if (isSeen(constructor.getModifiers(), constructor.isSynthetic(), type)) {
        members.add(modifiers(constructor.getModifiers()) + "new" + signature(constructor));
      }
    }
    for (Method method : from.getDeclaredMethods()) {
      if (isSeen(method.getModifiers(), method.isSynthetic(), type)) {
        members.add((method.isDefault() ? "default " : "")
            + modifiers(method.getModifiers() & ofMembers) + variables(method.getTypeParameters())
            + name(method.getAnnotatedReturnType()) + " " + method.getName() + signature(method));
      }
    }
  }

  private static boolean isSeen(int modifiers, boolean synthetic, Class<?> type) {
    boolean inherited = Modifier.isProtected(modifiers) && !Modifier.isFinal(type.getModifiers());
    return (Modifier.isPublic(modifiers) || inherited) && !synthetic;
  }

  private static String declaration(Class<?> type) {
    String kind = type.isAnnotation()
        ? "annotation"
        : type.isInterface()
            ? "interface"
            : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    String supertypes = Stream.concat(
            Stream.ofNullable(type.getGenericSuperclass()), Stream.of(type.getGenericInterfaces()))
        .filter(supertype -> supertype != Object.class)
        .map(Type::getTypeName)
        .collect(Collectors.joining(", "));
    int ofClasses =
        type.isInterface() ? Modifier.STATIC : Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL;
    return modifiers(type.getModifiers() & ofClasses) + kind + " " + type.getTypeName()
        + variables(type.getTypeParameters()).strip()
        + (supertypes.isEmpty() ? "" : ": " + supertypes);
  }

  /** Without what callers cannot tell: how a method is made. */
  private static String modifiers(int modifiers) {
    int seen =
        modifiers & (Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL);
    return seen == 0 ? "" : Modifier.toString(seen) + " ";
  }

  private static String signature(Executable code) {
    String parameters = Stream.of(code.getParameters())
        .map(Parameter::getAnnotatedType)
        .map(ApiText::name)
        .collect(Collectors.joining(", ", "(", ")"));
    String thrown = Stream.of(code.getGenericExceptionTypes())
        .map(Type::getTypeName)
        .sorted()
        .collect(Collectors.joining(", "));
    return parameters + (thrown.isEmpty() ? "" : " throws " + thrown);
  }

  private static String variables(TypeVariable<?>[] variables) {
    return variables.length == 0
        ? ""
        : Stream.of(variables).map(ApiText::variable).collect(Collectors.joining(", ", "<", "> "));
  }

  private static String variable(TypeVariable<?> variable) {
    String bounds = Stream.of(variable.getBounds())
        .filter(bound -> bound != Object.class)
        .map(Type::getTypeName)
        .collect(Collectors.joining(" & "));
    return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
  }

  /** A type, and whether it may be null. */
  private static String name(AnnotatedType type) {
    boolean nullable = Stream.of(type.getAnnotations())
        .map(Annotation::annotationType)
        .anyMatch(annotation -> annotation.getSimpleName().equals("Nullable"));
    return type.getType().getTypeName() + (nullable ? "?" : "");
  }
}
