package dev.registrykit.spi.config;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a URI that {@link dev.registrykit.Registries#open(URI)} is given says: a registry, and settings
 * as query parameters. Immutable.
 *
 * @since 0.1.0
 */
public final class RegistryUri {

  /**
   * Names of parameters that people might put a secret in; in the plural they may be those of a setting,
   * such as {@code refresh-tokens}.
   */
  private static final Pattern SECRET = Pattern.compile(
      "pass|secret|token(?!s)|credential|(^|[-_])auth|login|(^|[-_])key|apikey|user");

  private final String form;
  private final String authority;
  private final Map<String, List<String>> parameters;

  private RegistryUri(String form, String authority, Map<String, List<String>> parameters) {
    this.form = form;
    this.authority = authority;
    this.parameters = parameters;
  }

  /**
   * Reads a URI that has an authority, no path and no fragment, and of these parameters any.
   *
   * @param form how such a URI looks, for messages, such as {@code scaleway://<region>}
   * @param known the names of the parameters, none like that of a secret; one that may be given several
   *     times ends with {@code *}
   * @throws IllegalArgumentException if it is anything else; its message never repeats the value of a
   *     parameter
   */
  public static RegistryUri parse(URI uri, String form, String... known) {
    boolean hasMore = (uri.getRawPath() != null && !uri.getRawPath().isEmpty())
        || uri.getRawFragment() != null
        || uri.isOpaque();
    String authority = uri.getRawAuthority();
    if (authority == null || hasMore) {
      throw new IllegalArgumentException("a registry is " + form + ", maybe with ?parameters");
    }
    requireNoSecrets(uri);
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    String query = uri.getRawQuery();
    if (query != null) {
      for (String parameter : query.split("&", -1)) {
        add(parameters, parameter, List.of(known));
      }
    }
    return new RegistryUri(form, authority, parameters);
  }

  /**
   * Refuses a URI that has user info, or a parameter that is named like a secret, for URIs are logged and
   * shown.
   *
   * @throws IllegalArgumentException if so; its message repeats neither the name nor the value
   */
  public static void requireNoSecrets(URI uri) {
    String authority = uri.getRawAuthority(); // user info is null where the host is no valid one
    boolean hasUserInfo = authority != null && authority.indexOf('@') >= 0;
    String query = uri.getRawQuery();
    if (hasUserInfo
        || (query != null && Stream.of(query.split("&")).anyMatch(RegistryUri::isSecret))) {
      throw new IllegalArgumentException(
          "a registry URI holds no credentials: they are given as variables");
    }
  }

  private static boolean isSecret(String parameter) {
    return SECRET.matcher(nameOf(parameter).toLowerCase(Locale.ROOT)).find();
  }

  private static String nameOf(String parameter) {
    int equals = parameter.indexOf('=');
    return decoded(equals < 0 ? parameter : parameter.substring(0, equals));
  }

  private static void add(
      Map<String, List<String>> parameters, String parameter, List<String> known) {
    String name = nameOf(parameter);
    boolean isRepeatable = known.contains(name + "*");
    if (name.endsWith("*") || !(isRepeatable || known.contains(name))) {
      throw unknown(name, known);
    }
    int equals = parameter.indexOf('=');
    String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
    if (value.isEmpty()) {
      throw new IllegalArgumentException("the parameter " + name + " has no value");
    }
    List<String> values = parameters.computeIfAbsent(name, n -> new ArrayList<>());
    if (!values.isEmpty() && !isRepeatable) {
      throw new IllegalArgumentException("the parameter " + name + " is there twice");
    }
    values.add(value);
  }

  /** Says what is wrong; a long name is not repeated, for it may be a value that lost its name. */
  private static IllegalArgumentException unknown(String name, List<String> known) {
    TreeSet<String> names = new TreeSet<>();
    known.forEach(each -> names.add(each.replace("*", "")));
    String shown = name.matches("[a-zA-Z0-9_-]{1,32}") ? " " + name : "";
    return new IllegalArgumentException(
        "unknown parameter" + shown + " in a registry URI; there are " + names);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a parameter of a registry URI is malformed");
    }
  }

  /** Returns what stands between the slashes and the parameters, as it is written. */
  public String authority() {
    return authority;
  }

  /** Returns the value of a parameter, if it is there. */
  public Optional<String> parameter(String name) {
    return parameters(name).stream().findFirst();
  }

  /** Returns the values of a parameter that may be given several times. */
  public List<String> parameters(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  /**
   * Returns whether a parameter is {@code true}, if it is there.
   *
   * @param otherwise what holds where it is not there
   * @throws IllegalArgumentException if it is neither {@code true} nor {@code false}
   */
  public boolean isTrue(String name, boolean otherwise) {
    return parameter(name)
        .map(value -> {
          if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException("the parameter " + name + " is true or false");
          }
          return value.equals("true");
        })
        .orElse(otherwise);
  }

  /**
   * Returns a parameter as one of these constants, written in lower case with hyphens, if it is there.
   *
   * @throws IllegalArgumentException if there is no such constant
   */
  public <E extends Enum<E>> Optional<E> constant(String name, Class<E> type) {
    return parameter(name).map(value -> {
      for (E constant : type.getEnumConstants()) {
        if (spelled(constant).equals(value)) {
          return constant;
        }
      }
      List<String> all = new ArrayList<>();
      for (E constant : type.getEnumConstants()) {
        all.add(spelled(constant));
      }
      throw new IllegalArgumentException("the parameter " + name + " is one of " + all);
    });
  }

  private static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns how such a URI looks. */
  @Override
  public String toString() {
    return form;
  }
}
