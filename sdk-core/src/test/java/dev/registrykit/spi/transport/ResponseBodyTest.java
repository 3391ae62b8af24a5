package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BadRequestException;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.ServerException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseBodyTest {

  private static final int LIMIT = 1000;

  private final TransportFixture fixture = new TransportFixture()
      .with(HttpOptions.defaults().withMaxResponseBytes(LIMIT).withRetryPolicy(RetryPolicy.none()));

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void aBodyAsLargeAsTheLimitIsTaken() {
    fixture.replies(Reply.bytes(200, new byte[LIMIT]));

    assertEquals(LIMIT, fixture.get("/x").body().length);
  }

  @Test
  void aBodyLargerThanTheLimitIsRefused() {
    fixture.replies(Reply.bytes(200, new byte[LIMIT + 1]));

    assertInvalid("the body has more than 1000 bytes");
  }

  @Test
  void aBodyWithoutEndIsRefusedAtTheLimit() {
    fixture.replies((socket, closing) -> {
      socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes());
      while (true) {
        socket.getOutputStream().write(new byte[LIMIT]);
      }
    });

    assertInvalid("the body has more than 1000 bytes");
  }

  @Test
  void aBodyTooLargeIsNotAskedForAgain() {
    fixture.with(HttpOptions.defaults().withMaxResponseBytes(LIMIT));
    fixture.replies(Reply.bytes(200, new byte[LIMIT + 1]));

    assertInvalid("the body has more than 1000 bytes");
    assertEquals(1, fixture.server.requests().size());
  }

  @Test
  void theBodyOfAnErrorIsCutAt64KiB() {
    byte[][] seen = new byte[1][];
    Call call = Call.reading("GetTag", "read tag", failure -> {
      seen[0] = failure.response().body();
      return ErrorMapper.byStatus(failure.details().build());
    });
    fixture.replies(Reply.bytes(500, new byte[1_000_000]));

    assertThrows(
        ServerException.class,
        () -> fixture
            .transport()
            .send(call, TransportFixture.request("GET", fixture.server.uri("/x"))));
    assertEquals(64 * 1024, seen[0].length);
  }

  @Test
  void anExceptionKeeps8KiBOfTheBody() {
    fixture.replies(Reply.body(400, "a".repeat(20_000)));

    BadRequestException e = assertThrows(BadRequestException.class, () -> fixture.get("/x"));

    assertEquals("a".repeat(8 * 1024), e.body());
  }

  @Test
  void anErrorBodyIsReadAsUtf8WhateverThePlatformsCharset() {
    fixture.replies(Reply.body(400, "Zoë ☃"));

    BadRequestException e = assertThrows(BadRequestException.class, () -> fixture.get("/x"));

    assertEquals("Zoë ☃", e.body());
  }

  @Test
  void anErrorBodyThatBreaksOffLeavesTheStatusAndItsBeginning() {
    fixture.replies((socket, closing) -> {
      socket.getOutputStream().write("HTTP/1.1 400 Bad\r\nContent-Length: 99\r\n\r\nab".getBytes());
      socket.close();
    });

    assertEquals(
        "ab", assertThrows(BadRequestException.class, () -> fixture.get("/x")).body());
  }

  @Test
  void aCallMayAllowLessThanTheOptionsDo() {
    fixture.with(HttpOptions.defaults());
    fixture.replies(Reply.bytes(200, new byte[1001]));
    Call token = TransportFixture.LIST_TAGS.withMaxResponseBytes(1000);

    assertThrows(
        InvalidResponseException.class,
        () -> fixture
            .transport()
            .send(token, TransportFixture.request("GET", fixture.server.uri("/x"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "x-gzip", " gzip "})
  void aCompressedBodyIsDecompressedThoughNobodyAskedForPacking(String encoding) {
    fixture.replies(gzipped(200, "{\"name\":\"☃\"}", encoding));

    TransportResponse response = fixture.get("/x");

    assertEquals("{\"name\":\"☃\"}", new String(response.body(), StandardCharsets.UTF_8));
    assertTrue(response.headers().firstValue("Content-Encoding").isEmpty());
    assertTrue(response.headers().firstValue("Content-Length").isEmpty());
  }

  @Test
  void nothingAsksForCompressedBodies() {
    fixture.replies(Reply.status(200));

    fixture.get("/x");

    assertEquals(List.of(), fixture.server.requests().get(0).header("Accept-Encoding"));
  }

  @Test
  void aCompressedErrorIsDecompressed() {
    fixture.replies(gzipped(400, "no such order", "gzip"));

    assertEquals(
        "no such order",
        assertThrows(BadRequestException.class, () -> fixture.get("/x")).body());
  }

  @Test
  void aCompressedBodyIsLimitedByItsDecompressedSize() {
    fixture.replies(gzipped(200, "a".repeat(LIMIT + 1), "gzip"));

    assertInvalid("the body has more than 1000 bytes");
  }

  @Test
  void aCompressedErrorIsCutByItsDecompressedSize() {
    fixture.replies(gzipped(500, "a".repeat(10_000_000), "gzip"));

    assertEquals(
        8 * 1024,
        assertThrows(ServerException.class, () -> fixture.get("/x")).body().length());
  }

  @Test
  void aCompressedErrorThatWasCutKeepsItsBeginning() {
    byte[] noise = new byte[200_000];
    new Random(1).nextBytes(noise);
    fixture.replies(Reply.bytes(500, Reply.gzip(noise), "Content-Encoding: gzip"));

    assertEquals(
        8 * 1024 > 0,
        !assertThrows(ServerException.class, () -> fixture.get("/x")).body().isEmpty());
  }

  @Test
  void aHeadThatIsSaidToBeCompressedKeepsIts404() {
    fixture.replies(Reply.headOnly(404, 20, "Content-Encoding: gzip"));

    assertThrows(NotFoundException.class, () -> fixture.send("HEAD", "/x"));
  }

  @Test
  void aHeadThatIsSaidToBeCompressedSucceeds() {
    fixture.replies(Reply.headOnly(200, 20, "Content-Encoding: gzip"));

    assertEquals(200, fixture.send("HEAD", "/x").status());
  }

  @Test
  void anEmptyErrorThatIsSaidToBeCompressedKeepsIts404() {
    fixture.replies(Reply.status(404, "Content-Encoding: gzip"));

    assertEquals(
        "", assertThrows(NotFoundException.class, () -> fixture.get("/x")).body());
  }

  @Test
  void aBodyThatIsNoGzipIsRefused() {
    fixture.replies(Reply.body(200, "{\"tags\":[]}", "Content-Encoding: gzip"));

    assertInvalid("the body is not the gzip data it is said to be");
  }

  @Test
  void aGzipBodyThatBreaksOffIsRefused() {
    byte[] compressed = Reply.gzip("{\"tags\":[]}".getBytes(StandardCharsets.UTF_8));
    fixture.replies(Reply.bytes(
        200, Arrays.copyOf(compressed, compressed.length - 9), "Content-Encoding: gzip"));

    assertInvalid("the body is not the gzip data it is said to be");
  }

  @Test
  void anErrorThatIsNoGzipKeepsItsStatus() {
    fixture.replies(Reply.body(404, "not found", "Content-Encoding: gzip"));

    assertThrows(NotFoundException.class, () -> fixture.get("/x"));
  }

  @Test
  void anUnknownPackingIsRefused() {
    fixture.replies(Reply.body(200, "{}", "Content-Encoding: br"));

    assertInvalid("the body is compressed as br");
  }

  @Test
  void anErrorOfUnknownPackingKeepsItsStatus() {
    fixture.replies(Reply.body(404, "{}", "Content-Encoding: br"));

    RegistryServiceException e = assertThrows(NotFoundException.class, () -> fixture.get("/x"));
    assertEquals("", e.body());
  }

  @Test
  void theBytesOfABodyComeAsTheyWereSent() {
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    fixture.replies(Reply.bytes(200, every));

    assertArrayEquals(every, fixture.get("/x").body());
  }

  @Test
  void theSizeThatHeadAnnouncesIsKept() throws IOException {
    fixture.replies(Reply.headOnly(200, 1234));

    assertEquals(
        1234,
        fixture.send("HEAD", "/x").headers().firstValueAsLong("Content-Length").orElse(-1));
  }

  private static Reply gzipped(int status, String body, String encoding) {
    byte[] compressed = Reply.gzip(body.getBytes(StandardCharsets.UTF_8));
    return Reply.bytes(status, compressed, "Content-Encoding: " + encoding);
  }

  private void assertInvalid(String why) {
    InvalidResponseException e =
        assertThrows(InvalidResponseException.class, () -> fixture.get("/x"));
    assertEquals("list tags of ns/app failed: " + why, e.getMessage());
  }
}
