package dev.registrykit.testkit.internal.oci.kind;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.registrykit.testkit.internal.ApiAnswer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a registry words one of its errors. In message and detail, {@code {name}}, {@code {reference}}
 * and {@code {number}} stand for the repository, for what was asked for, and for that as a number.
 *
 * @param code null for an answer in plain text, whose whole body is the message
 * @param detail JSON, or null for none
 */
public record ErrorText(
    int status,
    @Nullable String code,
    String message,
    @Nullable String detail) {
  public static ErrorText json(int status, String code, String message) {
    return new ErrorText(status, code, message, null);
  }

  public static ErrorText json(int status, String code, String message, String detail) {
    return new ErrorText(status, code, message, detail);
  }

  static ErrorText plain(int status, String message) {
    return new ErrorText(status, null, message, null);
  }

  static ErrorText empty(int status) {
    return new ErrorText(status, null, "", null);
  }

  public ApiAnswer answer(Wire wire, String name, String reference) {
    if (code == null) {
      return message.isEmpty() ? ApiAnswer.of(status, Map.of(), "") : plainAnswer(status, message);
    }
    String error =
        "{\"code\":" + quoted(code) + ",\"message\":" + quoted(filled(message, name, reference));
    String details = detail == null ? "" : ",\"detail\":" + filledJson(detail, name, reference);
    return ApiAnswer.text(status, wire.errorType(), "{\"errors\":[" + error + details + "}]}\n");
  }

  /** What Go's web server answers by itself, recorded from docker-registry 2.8.2. */
  public static ApiAnswer plainAnswer(int status, String message) {
    return ApiAnswer.text(status, Wire.PLAIN, message + "\n")
        .withHeader("X-Content-Type-Options", "nosniff");
  }

  public static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }

  private static String filled(String template, String name, String reference) {
    return template
        .replace("{number}", number(reference))
        .replace("{name}", name)
        .replace("{reference}", reference);
  }

  private static String filledJson(String template, String name, String reference) {
    return filled(template, inside(name), inside(reference));
  }

  private static String inside(String text) {
    String quoted = quoted(text);
    return quoted.substring(1, quoted.length() - 1);
  }

  /** As Go parses it: 0 for what is no number. */
  private static String number(String reference) {
    return reference.matches("-?[0-9]{1,18}") ? reference : "0";
  }
}
