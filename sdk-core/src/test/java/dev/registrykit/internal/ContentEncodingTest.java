package dev.registrykit.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentEncodingTest {

  private static final int MAX = 8 * 1024;

  private static Answer answer(int status, byte[] body, String encoding) {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("Content-Encoding", List.of(encoding));
    headers.put("Content-Length", List.of("" + body.length));
    headers.put("Transfer-Encoding", List.of("chunked"));
    headers.put("X-Request-Id", List.of("r1"));
    return new Answer(status, HttpHeaders.of(headers, (name, value) -> true), body, status == 502);
  }

  private static Answer gzipped(int status, int length) throws IOException {
    return answer(status, gzip(length), "gzip");
  }

  private static byte[] gzip(int length) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(new byte[length]);
    }
    return compressed.toByteArray();
  }

  private static Answer decompressed(Answer answer) throws IOException {
    return ContentEncoding.decompressed(answer, MAX);
  }

  @Test
  void anAnswerThatIsNotCompressedStaysItself() throws IOException {
    Answer plain = new Answer(
        200, HttpHeaders.of(Map.of("A", List.of("b")), (a, b) -> true), new byte[1], false);

    assertSame(plain, decompressed(plain));
  }

  @Test
  void whatDescribesTheCompressionIsLeftOutAndNothingElse() throws IOException {
    for (int status : List.of(200, 502)) {
      Answer answer = decompressed(gzipped(status, 3));

      assertArrayEquals(new byte[3], answer.body());
      assertEquals(Set.of("X-Request-Id"), answer.headers().map().keySet());
      assertEquals(status, answer.status());
      assertEquals(status == 502, answer.isBrokenOff());
    }
  }

  @Test
  void theIdentityIsNoCompression() throws IOException {
    Answer answer = decompressed(answer(200, new byte[] {1, 2}, "Identity"));

    assertArrayEquals(new byte[] {1, 2}, answer.body());
    assertTrue(answer.headers().firstValue("Content-Encoding").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 299})
  void aBodyOfTheGreatestLengthIsWholeAndALongerOneRefused(int status) throws IOException {
    assertEquals(MAX, decompressed(gzipped(status, MAX)).body().length);

    assertThrows(BoundedBody.TooLargeException.class, () -> decompressed(gzipped(status, MAX + 1)));
  }

  @Test
  void aBodyOfTheGreatestLengthIsReadToItsEnd() throws IOException {
    byte[] withoutEnd = Arrays.copyOf(gzip(MAX), gzip(MAX).length - 4);

    assertThrows(ZipException.class, () -> decompressed(answer(200, withoutEnd, "gzip")));
  }

  @ParameterizedTest
  @ValueSource(ints = {199, 300, 404})
  void ofAnErrorTheBeginningIsEnough(int status) throws IOException {
    int most = BoundedBody.MAX_ERROR_BYTES;
    byte[] withoutEnd = Arrays.copyOf(gzip(1), gzip(1).length - 4);

    assertEquals(most, decompressed(gzipped(status, most)).body().length);
    assertEquals(most, decompressed(gzipped(status, most + 1)).body().length);
    assertEquals(1, decompressed(answer(status, withoutEnd, "gzip")).body().length);
    assertEquals(0, decompressed(answer(status, new byte[9], "br")).body().length);
  }

  @Test
  void anUnknownCompressionIsNamedWithoutWhatIsOddInIt() {
    ZipException e = assertThrows(
        ZipException.class, () -> decompressed(answer(200, new byte[1], "a\u001b[1m-Z9")));

    assertEquals("the body is compressed as a??1m-z9", e.getMessage());
  }
}
