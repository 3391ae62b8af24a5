package dev.registrykit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.IncompleteDeletionException.Remedy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExceptionsTest {

  private static final ImageRef APP = ImageRef.of("ns/app");

  static Stream<RegistryException> exceptions() {
    ErrorDetails details = ErrorDetailsTest.full();
    IOException cause = new IOException("reset");
    return Stream.of(
        new AuthenticationException(details),
        new BadRequestException(details),
        new ConflictException(details),
        new ImageInUseException(details),
        new ImageNotFoundException(APP, details),
        new IncompleteDeletionException(details, APP, "1.2", Remedy.RESTORE_TAG, cause),
        new InvalidResponseException(details, cause),
        new NotFoundException(details),
        new PermissionDeniedException(details),
        new PreconditionFailedException(details),
        new RateLimitException(details),
        new RegistryIOException(details, cause),
        new RegistryServiceException(details),
        new RegistryTimeoutException(details, cause),
        new ServerException(details),
        new SharedDigestException(List.of("latest", "prod"), details),
        new TagInUseException(details),
        new TagNotFoundException(APP, "1.2", details),
        new RegistryInterruptedException(details, new InterruptedException()),
        new UnsupportedFeatureException(details, Feature.LIST_IMAGES, null));
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void anExceptionSurvivesSerialisation(RegistryException original) throws Exception {
    RegistryException copy = serialised(original);

    assertEquals(original.getClass(), copy.getClass());
    assertEquals(original.toString(), copy.toString());
    assertEquals(original.operation(), copy.operation());
    assertEquals(original.attempts(), copy.attempts());
    assertEquals(original.mayHaveTakenEffect(), copy.mayHaveTakenEffect());
    if (original instanceof RegistryServiceException before) {
      RegistryServiceException after = (RegistryServiceException) copy;
      assertEquals(before.statusCode(), after.statusCode());
      assertEquals(before.headers(), after.headers());
      assertEquals(before.retryAfter(), after.retryAfter());
      assertEquals(before.body(), after.body());
      assertEquals(before.answerWasLost(), after.answerWasLost());
    }
  }

  @Test
  void theMissingFeatureSurvivesSerialisation() throws Exception {
    UnsupportedFeatureException copy = serialised(new UnsupportedFeatureException(
        ErrorDetailsTest.full(), Feature.DELETE_TAG, new IOException("405")));

    assertEquals(Optional.of(Feature.DELETE_TAG), copy.feature());
  }

  @Test
  void theSiblingsSurviveSerialisation() throws Exception {
    SharedDigestException copy =
        serialised(new SharedDigestException(List.of("latest"), ErrorDetailsTest.full()));

    assertEquals(List.of("latest"), copy.siblings());
  }

  @Test
  void theMissingTagSurvivesSerialisation() throws Exception {
    TagNotFoundException copy =
        serialised(new TagNotFoundException(APP, "1.2", ErrorDetailsTest.full()));

    assertEquals(APP, copy.image());
    assertEquals("1.2", copy.tag());
  }

  @Test
  void whatIsLeftOfADeletionAndItsRemedySurviveSerialisation() throws Exception {
    IncompleteDeletionException tag = serialised(new IncompleteDeletionException(
        ErrorDetailsTest.full(), APP, "1.2", Remedy.RESTORE_TAG, new IOException("reset")));
    IncompleteDeletionException image = serialised(new IncompleteDeletionException(
        ErrorDetailsTest.full(), APP, null, Remedy.DELETE_IMAGE_AGAIN, null));

    assertEquals(APP, tag.image());
    assertEquals(Optional.of("1.2"), tag.tag());
    assertEquals(Remedy.RESTORE_TAG, tag.remedy());
    assertInstanceOf(IOException.class, tag.getCause());
    assertEquals(Optional.empty(), image.tag());
    assertEquals(Remedy.DELETE_IMAGE_AGAIN, image.remedy());
  }

  @Test
  void anIncompleteDeletionNeedsToSayWhatAndHow() {
    ErrorDetails details = ErrorDetailsTest.full();

    assertThrows(
        NullPointerException.class,
        () -> new IncompleteDeletionException(details, null, "1.2", Remedy.RESTORE_TAG, null));
    assertThrows(
        NullPointerException.class,
        () -> new IncompleteDeletionException(details, APP, "1.2", null, null));
    assertThrows(
        IllegalArgumentException.class,
        () -> new IncompleteDeletionException(details, APP, null, Remedy.RESTORE_TAG, null));
  }

  @Test
  void theSiblingsCannotBeChanged() {
    List<String> names = new ArrayList<>(List.of("latest"));
    SharedDigestException e = new SharedDigestException(names, ErrorDetailsTest.full());
    names.clear();

    assertEquals(List.of("latest"), e.siblings());
    assertThrows(UnsupportedOperationException.class, () -> e.siblings().add("x"));
  }

  @Test
  void aCallerCanTakeThemByWhatToDo() {
    ErrorDetails details = ErrorDetailsTest.full();

    assertInstanceOf(NotFoundException.class, new TagNotFoundException(APP, "1.2", details));
    assertInstanceOf(NotFoundException.class, new ImageNotFoundException(APP, details));
    assertInstanceOf(ConflictException.class, new SharedDigestException(List.of(), details));
    assertInstanceOf(BadRequestException.class, new TagInUseException(details));
    assertInstanceOf(BadRequestException.class, new ImageInUseException(details));
    assertInstanceOf(RegistryServiceException.class, new RateLimitException(details));
  }

  private static <T> T serialised(T value) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      @SuppressWarnings("unchecked")
      T copy = (T) in.readObject();
      return copy;
    }
  }
}
