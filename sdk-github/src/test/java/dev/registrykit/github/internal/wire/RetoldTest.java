package dev.registrykit.github.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.BadRequestException;
import dev.registrykit.ConflictException;
import dev.registrykit.ErrorDetails;
import dev.registrykit.Feature;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.ServerException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.github.DownloadLimitException;
import dev.registrykit.github.LastVersionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A failure that is told again keeps its class, what it says, and where it came from. */
class RetoldTest {

  private static final ImageRef IMAGE = ImageRef.of("octo-org/app");

  private static final ErrorDetails DETAILS = ErrorDetails.builder("read manifest 1.0")
      .statusCode(418)
      .errorCode("TEAPOT")
      .serverMessage("short and stout")
      .requestId("7")
      .retryAfter(Duration.ofSeconds(5))
      .attempts(3)
      .answerWasLost(true)
      .mayHaveTakenEffect(true)
      .headers(Map.of("x-kind", List.of("pot")))
      .body("tip me over".getBytes(StandardCharsets.UTF_8))
      .build();

  static Stream<RegistryServiceException> refusals() {
    return Stream.of(
        new TagNotFoundException(IMAGE, "1.0", DETAILS),
        new ImageNotFoundException(IMAGE, DETAILS),
        new NotFoundException(DETAILS),
        new LastVersionException(DETAILS),
        new DownloadLimitException(DETAILS),
        new ConflictException(DETAILS),
        new AuthenticationException(DETAILS),
        new PermissionDeniedException(DETAILS),
        new RateLimitException(DETAILS),
        new ServerException(DETAILS),
        new PreconditionFailedException(DETAILS),
        new BadRequestException(DETAILS),
        new RegistryServiceException(DETAILS));
  }

  private static void assertSameBut(
      String operation, RegistryException e, RegistryException again) {
    ErrorDetails details = again.details();
    assertEquals(e.getClass(), again.getClass());
    assertEquals(operation, again.operation());
    assertEquals(418, details.statusCode());
    assertEquals(Optional.of("TEAPOT"), details.errorCode());
    assertEquals(Optional.of("short and stout"), details.serverMessage());
    assertEquals(Optional.of("7"), details.requestId());
    assertEquals(Optional.of(Duration.ofSeconds(5)), details.retryAfter());
    assertEquals(3, details.attempts());
    assertTrue(details.answerWasLost());
    assertTrue(details.mayHaveTakenEffect());
    assertEquals(Map.of("x-kind", List.of("pot")), details.headers());
    assertEquals("tip me over", details.body());
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalIsOneOfTheSameClassAndHasTheFirstSuppressed(RegistryServiceException e) {
    RegistryException again = Retold.as("delete tag 1.0", e);

    assertSameBut("delete tag 1.0", e, again);
    assertEquals(List.of(e), Arrays.asList(again.getSuppressed()));
  }

  @Test
  void whatIsMissingIsTheSameImageAndTag() {
    TagNotFoundException tag =
        (TagNotFoundException) Retold.as("delete", new TagNotFoundException(IMAGE, "1.0", DETAILS));
    ImageNotFoundException image =
        (ImageNotFoundException) Retold.as("delete", new ImageNotFoundException(IMAGE, DETAILS));

    assertEquals(IMAGE, tag.image());
    assertEquals("1.0", tag.tag());
    assertEquals(IMAGE, image.image());
  }

  static Stream<RegistryException> withACauseOfTheirOwn() {
    IOException cause = new IOException("reset");
    return Stream.of(
        new RegistryInterruptedException(DETAILS, new InterruptedException()),
        new RegistryInterruptedException(DETAILS, null),
        new RegistryTimeoutException(DETAILS, cause),
        new RegistryTimeoutException(DETAILS, null),
        new RegistryIOException(DETAILS, cause));
  }

  @ParameterizedTest
  @MethodSource("withACauseOfTheirOwn")
  void whatWentWrongWithAConnectionOrTimeKeepsItsCause(RegistryException e) {
    RegistryException again = Retold.as("delete tag 1.0", e);

    assertSameBut("delete tag 1.0", e, again);
    assertSame(e.getCause(), again.getCause());
    assertEquals(List.of(e), Arrays.asList(again.getSuppressed()));
  }

  static Stream<RegistryException> withTheFirstAsTheirCause() {
    return Stream.of(
        new InvalidResponseException(DETAILS, null),
        new UnsupportedFeatureException(DETAILS, Feature.DELETE_TAG, null),
        new UnsupportedFeatureException(DETAILS, null, null),
        new RegistryException(DETAILS, null));
  }

  @ParameterizedTest
  @MethodSource("withTheFirstAsTheirCause")
  void theOthersHaveTheFirstAsTheirCauseAndNotTwice(RegistryException e) {
    RegistryException again = Retold.as("delete tag 1.0", e);

    assertSameBut("delete tag 1.0", e, again);
    assertSame(e, again.getCause());
    assertEquals(0, again.getSuppressed().length);
  }

  @Test
  void whatIsNotOfferedIsTheSameFeature() {
    RegistryException again =
        Retold.as("delete", new UnsupportedFeatureException(DETAILS, Feature.DELETE_TAG, null));

    assertEquals(
        Optional.of(Feature.DELETE_TAG),
        assertInstanceOf(UnsupportedFeatureException.class, again).feature());
  }

  @Test
  void aFailureOfTheSameOperationIsNotToldAgain() {
    RegistryException e = new ConflictException(DETAILS);

    assertSame(e, Retold.as("read manifest 1.0", e));
  }

  @Test
  void wordsAreAddedToThoseThatAreThere() {
    RegistryException e = new ConflictException(DETAILS);

    RegistryException again = Retold.adding("and more", false, e);

    assertEquals(Optional.of("short and stout; and more"), again.details().serverMessage());
    assertEquals("read manifest 1.0", again.operation());
    assertEquals(ConflictException.class, again.getClass());
    assertEquals(List.of(e), Arrays.asList(again.getSuppressed()));
  }

  @Test
  void wordsAloneAreTheWholeMessage() {
    RegistryException e = new RegistryIOException(ErrorDetails.builder("read").build(), null);

    RegistryException again = Retold.adding("all there is", false, e);

    assertEquals(Optional.of("all there is"), again.details().serverMessage());
    assertNull(again.getCause());
  }

  @ParameterizedTest
  @CsvSource({"false, false, false", "false, true, true", "true, false, true", "true, true, true"})
  void whatMayHaveChangedSomethingIsNotForgotten(boolean before, boolean added, boolean expected) {
    ErrorDetails details =
        ErrorDetails.builder("read").mayHaveTakenEffect(before).build();

    RegistryException again = Retold.adding("more", added, new ServerException(details));

    assertEquals(expected, again.mayHaveTakenEffect());
    assertFalse(again.details().answerWasLost());
  }
}
