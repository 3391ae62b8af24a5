package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.Feature;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.PagedIterable;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.ServerException;
import dev.registrykit.Tag;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong, and the exception that says so. */
abstract class FailureContract extends ContractTheme {

  FailureContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  @BeforeEach
  void addTags() {
    addTags("1.0", "1.1", "1.2");
  }

  /** Returns whether the mishap waits for the next call; if not, that is the declared difference. */
  private boolean staged(Mishap mishap) {
    boolean staged = fixture().failNext(mishap);
    assertEquals(
        !differs(Difference.NO_MISHAPS), staged, () -> "can " + mishap + " be staged here?");
    return staged;
  }

  private <E extends RegistryException> E assertListingFails(Mishap mishap, Class<E> expected) {
    E e = assertThrowsExactly(expected, () -> registry().listTags(app()).toList());
    assertSaysWhatFailed(e, "list tags of " + app(), mishap);
    return e;
  }

  /** Asserts the exception for listing, reading and deleting, and that nothing was deleted. */
  private void assertEveryCallFails(Mishap mishap, Class<? extends RegistryException> expected) {
    if (!staged(mishap)) {
      return;
    }
    assertListingFails(mishap, expected);

    fixture().failNext(mishap);
    RegistryException reading =
        assertThrowsExactly(expected, () -> registry().getTag(app(), "1.0"));
    assertSaysWhatFailed(reading, "get tag 1.0 of " + app(), mishap);

    if (registry().supports(Feature.DELETE_TAG)) {
      fixture().failNext(mishap);
      DeleteOptions options = DeleteOptions.defaults().ignoringMissing();
      RegistryException deleting =
          assertThrowsExactly(expected, () -> registry().deleteTag(app(), "1.0", options));
      assertSaysWhatFailed(deleting, "delete tag 1.0 of " + app(), mishap);
      if (mishap != Mishap.STALLED) {
        assertTagsLeft(app(), "1.0", "1.1", "1.2");
      }
    }
  }

  private void assertSaysWhatFailed(RegistryException e, String operation, Mishap mishap) {
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(operation + " failed: "), () -> mishap + ": " + message);
    assertFalse(message.contains("\n"), () -> "more than one line: " + message);
    if (e instanceof RegistryServiceException service) {
      assertEquals(operation, service.operation());
    }
    StringWriter everything = new StringWriter();
    e.printStackTrace(new PrintWriter(everything));
    for (String secret : fixture().secrets()) {
      assertFalse(everything.toString().contains(secret), mishap + " shows a secret");
    }
  }

  @Test
  void aWrongCredentialIsAnAuthenticationException() {
    assertEveryCallFails(Mishap.UNAUTHORIZED, AuthenticationException.class);
  }

  @Test
  void aMissingPermissionIsAPermissionDeniedException() {
    assertEveryCallFails(Mishap.FORBIDDEN, PermissionDeniedException.class);
  }

  @Test
  void tooManyRequestsAreARateLimitException() {
    assertEveryCallFails(Mishap.RATE_LIMITED, RateLimitException.class);
  }

  @Test
  void aFailureOfTheServerIsAServerException() {
    assertEveryCallFails(Mishap.SERVER_ERROR, ServerException.class);
  }

  @Test
  void aLostConnectionIsARegistryIOException() {
    assertEveryCallFails(Mishap.CONNECTION_LOST, RegistryIOException.class);
  }

  @Test
  void aServerThatDoesNotAnswerIsARegistryTimeoutException() {
    assertEveryCallFails(Mishap.STALLED, RegistryTimeoutException.class);
  }

  @Test
  void aPageOfHtmlIsAnInvalidResponseException() {
    if (staged(Mishap.NOT_JSON)) {
      assertListingFails(Mishap.NOT_JSON, InvalidResponseException.class);
    }
  }

  @Test
  void whatPassesIsTriedAgainAndWhatStaysIsNot() {
    if (!staged(Mishap.SERVER_ERROR)) {
      return;
    }
    int passing = assertListingFails(Mishap.SERVER_ERROR, ServerException.class).attempts();
    fixture().failNext(Mishap.FORBIDDEN);
    int staying =
        assertListingFails(Mishap.FORBIDDEN, PermissionDeniedException.class).attempts();

    assertTrue(passing >= 2, () -> "attempts after 503: " + passing);
    assertEquals(1, staying, "attempts after 403");
  }

  @Test
  void aBriefOutageGoesUnnoticed() {
    if (staged(Mishap.BRIEF_OUTAGE)) {
      assertEquals(3, registry().listTags(app()).toList().size());
    }
  }

  @Test
  void anHourIsNotWaitedButTold() {
    if (!staged(Mishap.RATE_LIMITED_FOR_AN_HOUR)) {
      return;
    }
    RateLimitException e =
        assertListingFails(Mishap.RATE_LIMITED_FOR_AN_HOUR, RateLimitException.class);

    assertEquals(Optional.of(Duration.ofHours(1)), e.retryAfter());
    assertEquals(1, e.attempts());
  }

  @Test
  void aFailureAmidAListingComesOutUnchanged() {
    ListTagsOptions single = ListTagsOptions.defaults().withPageSize(1);
    Iterator<Tag> tags = registry().listTags(app(), single).iterator();
    tags.next();
    if (!staged(Mishap.SERVER_ERROR)) {
      assertTrue(tags.hasNext());
    } else if (differs(Difference.TAGS_COME_WHOLE)) {
      assertTrue(tags.hasNext(), "the page is here already");
    } else {
      ServerException e = assertThrowsExactly(ServerException.class, tags::next);
      assertSaysWhatFailed(e, "list tags of " + app(), Mishap.SERVER_ERROR);
    }
  }

  private boolean cannotDelete() {
    return !registry().supports(Feature.DELETE_TAG) || differs(Difference.TAG_DELETION_DISABLED);
  }

  private DeleteOutcome foundDone() {
    return differs(Difference.DELETES_IN_STEPS)
        ? DeleteOutcome.DELETED
        : DeleteOutcome.ALREADY_ABSENT;
  }

  @Test
  void aDeletionWhoseAnswerWasLostIsFoundDone() {
    if (!staged(Mishap.LOST_DELETE_ANSWER) || cannotDelete()) {
      return;
    }
    DeleteOutcome outcome = registry().deleteTag(app(), "1.0").outcome();

    assertEquals(foundDone(), outcome);
    assertTagsLeft(app(), "1.1", "1.2");
  }

  @Test
  void aDeletionOfATagReadBeforeWhoseAnswerWasLostIsFoundDone() {
    Tag tag = registry().getTag(app(), "1.0");
    if (!staged(Mishap.LOST_DELETE_ANSWER) || cannotDelete()) {
      return;
    }
    DeleteOutcome outcome = registry().deleteTag(tag, DeleteOptions.defaults()).outcome();

    assertEquals(foundDone(), outcome);
    assertTagsLeft(app(), "1.1", "1.2");
  }

  @Test
  void anInterruptEndsTheCallAndKeepsTheFlag() {
    PagedIterable<Tag> tags = registry().listTags(app());
    Thread.currentThread().interrupt();
    RegistryInterruptedException e;
    try {
      e = assertThrowsExactly(RegistryInterruptedException.class, tags::toList);
    } finally {
      assertTrue(Thread.interrupted(), "the interrupt flag was cleared");
    }
    assertInstanceOf(InterruptedException.class, e.getCause());
  }
}
