package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.registrykit.scaleway.internal.generated.JsonInput;
import dev.registrykit.scaleway.internal.generated.model.ListImagesResponse;
import dev.registrykit.scaleway.internal.generated.model.ScwImage;
import dev.registrykit.scaleway.internal.generated.model.ScwNamespace;
import dev.registrykit.testsupport.Thorough;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What generated readers make of JSON, good or bad: what databind makes of the same characters. */
class JsonReadingTest {

  private static final int DOCUMENTS = Boolean.getBoolean(Thorough.PROPERTY) ? 30_000 : 5_000;

  private static final ObjectMapper DATABIND = new ObjectMapper()
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final List<String> NAMES =
      List.of("images", "total_count", "id", "size", "tags", "is_public", "unknown");

  private static final List<String> SCALARS = List.of(
      "null",
      "true",
      "false",
      "0",
      "7",
      "-3",
      "3000000000",
      "99999999999999999999",
      "1.5",
      "1e3",
      "1e400",
      "\"\"",
      "\" \"",
      "\" 7 \"",
      "\"x\"",
      "\"null\"",
      "\"true\"",
      "\"FALSE\"",
      "\"tRUE\"",
      "\"caf\u00e9 \\u2603 \\n\"");

  private final Random random = new Random(7);

  /** The fields of an answer, for databind. */
  static final class Page {
    public List<Item> images;
    public Long total_count;
  }

  /** The fields of an item, for databind. */
  static final class Item {
    public String id;
    public Long size;
    public List<String> tags;
  }

  /** The fields of a namespace, for databind. */
  static final class Space {
    public String id;
    public Boolean is_public;
    public Long size;
  }

  @Test
  void everyDocumentIsReadAsDatabindReadsIt() {
    int refused = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      String document = i % 3 == 0 ? spoilt(page()) : page();
      String expected = byDatabind(bytes(document), Page.class);
      refused += expected.equals("refused") ? 1 : 0;
      assertEquals(expected, read(bytes(document), ListImagesResponse::read), document);
    }
    assertTrue(refused > DOCUMENTS / 30 && refused < DOCUMENTS * 29 / 30, "refused: " + refused);
  }

  @Test
  void everyTruthIsReadAsDatabindReadsIt() {
    for (int i = 0; i < 5_000; i++) {
      String document = object("is_public");
      assertEquals(
          byDatabind(bytes(document), Space.class),
          read(bytes(document), ScwNamespace::read),
          document);
    }
  }

  /** Given raw bytes, the parser would read UTF-16 and refuse what is no UTF-8. */
  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "ISO-8859-1"})
  void theEncodingIsNotGuessed(String charset) {
    byte[] document = "{\"images\":[{\"id\":\"caf\u00e9\"}]}".getBytes(Charset.forName(charset));
    byte[] marked = ("\ufeff{\"total_count\":1}").getBytes(Charset.forName(charset));

    assertEquals(byDatabind(document, Page.class), read(document, ListImagesResponse::read));
    assertEquals(byDatabind(marked, Page.class), read(marked, ListImagesResponse::read));
  }

  @Test
  void nothingIsReadFromNothing() throws JsonProcessingException {
    for (String document : List.of("", " \r\n\t ", "null")) {
      assertNull(JsonInput.read(bytes(document), ListImagesResponse::read));
    }
  }

  @Test
  void whatIsNotLookedAtIsBoundedToo() {
    String deep = "{\"unknown\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";

    assertEquals("refused", byDatabind(bytes(deep), Page.class));
    assertEquals("refused", read(bytes(deep), ListImagesResponse::read));
  }

  @Test
  void theMessageSaysWhereAndQuotesNothing() {
    byte[] document = bytes("{\n  \"images\": {\"id\": \"hush\"}}");

    var failure = assertThrows(
        IllegalArgumentException.class,
        () -> JsonInput.read(document, ListImagesResponse::read, IllegalArgumentException::new));

    assertEquals(
        "the answer is not the JSON promised, from line 2, column 13", failure.getMessage());
    assertNull(failure.getCause());
  }

  private static byte[] bytes(String document) {
    return document.getBytes(StandardCharsets.UTF_8);
  }

  private static String byDatabind(byte[] document, Class<?> type) {
    try {
      String text = new String(document, StandardCharsets.UTF_8);
      return text.isBlank() ? "null" : said(DATABIND.readValue(text, type));
    } catch (JsonProcessingException e) {
      return "refused";
    }
  }

  private static String read(byte[] document, JsonInput.Reader<?> reader) {
    try {
      return said(JsonInput.read(document, reader));
    } catch (JsonProcessingException e) {
      return "refused";
    }
  }

  private static String said(Object value) {
    if (value instanceof List<?> items) {
      return items.stream().map(JsonReadingTest::said).toList().toString();
    }
    if (value instanceof Page page) {
      return page.total_count + " " + said(page.images);
    }
    if (value instanceof ListImagesResponse page) {
      return page.getTotalCount() + " " + said(page.getImages());
    }
    if (value instanceof Item item) {
      return Arrays.asList(item.id, item.size, item.tags).toString();
    }
    if (value instanceof ScwImage item) {
      return Arrays.asList(item.getId(), item.getSize(), item.getTags()).toString();
    }
    if (value instanceof Space space) {
      return space.id + " " + space.is_public;
    }
    if (value instanceof ScwNamespace space) {
      return space.getId() + " " + space.getIsPublic();
    }
    return String.valueOf(value);
  }

  private String page() {
    String items = array(this::item);
    String count = random.nextInt(6) == 0 ? value(1) : String.valueOf(random.nextInt(100));
    String page = "{\"images\":" + (random.nextInt(8) == 0 ? value(1) : items) + ",\"total_count\":"
        + count + "}";
    return random.nextInt(10) == 0 ? value(2) : page;
  }

  private String item() {
    return random.nextInt(8) == 0 ? value(1) : object(NAMES.get(random.nextInt(NAMES.size())));
  }

  /** Returns an object with this field and others, of which some are repeated. */
  private String object(String name) {
    StringJoiner fields = new StringJoiner(",", "{", "}");
    fields.add("\"" + name + "\":" + SCALARS.get(random.nextInt(SCALARS.size())));
    for (int i = random.nextInt(4); i > 0; i--) {
      fields.add("\"" + NAMES.get(random.nextInt(NAMES.size())) + "\":" + value(1));
    }
    return fields.toString();
  }

  private String array(Supplier<String> item) {
    StringJoiner items = new StringJoiner(", ", "[", "]");
    for (int i = random.nextInt(4); i > 0; i--) {
      items.add(item.get());
    }
    return items.toString();
  }

  private String value(int depth) {
    return switch (depth == 0 ? 9 : random.nextInt(10)) {
      case 0 -> object("id");
      case 1, 2 -> array(() -> value(depth - 1));
      default -> SCALARS.get(random.nextInt(SCALARS.size()));
    };
  }

  /** Changes, adds or takes away a character, cuts the end off or adds another document. */
  private String spoilt(String document) {
    StringBuilder text = new StringBuilder(document);
    int place = random.nextInt(text.length());
    String any = "{}[]:,\"\\ 0n\u00e9\u0001#".substring(random.nextInt(13)).substring(0, 1);
    switch (random.nextInt(6)) {
      case 0 -> text.setLength(place);
      case 1 -> text.append(' ').append(SCALARS.get(random.nextInt(SCALARS.size())));
      case 2 -> text.insert(place, any);
      case 3 -> text.deleteCharAt(place);
      default -> text.replace(place, place + 1, any);
    }
    return text.toString();
  }
}
