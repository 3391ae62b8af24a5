package dev.registrykit.spi.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.registrykit.Feature;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.UnsupportedFeatureException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an operation is called in messages, and what it means when its thing is not there. */
class OperationTest {

  private static final ImageRef APP = ImageRef.of("ns/app");

  @Test
  void theThingThatIsMissingIsWhatItWasOn() {
    NotFoundException tag = Operation.onTag("delete", APP, "1.2").missing("it is gone");
    NotFoundException image = Operation.onImage("list tags of ns/app", APP).missing("it is gone");
    NotFoundException other = Operation.on("look").missing("it is gone");

    assertEquals("delete tag 1.2 of ns/app failed: it is gone", tag.getMessage());
    assertSame(TagNotFoundException.class, tag.getClass());
    assertEquals("list tags of ns/app failed: it is gone", image.getMessage());
    assertSame(ImageNotFoundException.class, image.getClass());
    assertSame(NotFoundException.class, other.getClass());
  }

  @Test
  void whatIsNotOfferedNamesTheFeatureAndTheRefusal() {
    Feature feature = Feature.values()[0];
    Exception refusal = new IllegalStateException("405");

    UnsupportedFeatureException e =
        Operation.on("look").unsupported("there is no such thing", feature, refusal);

    assertEquals("look failed: there is no such thing", e.getMessage());
    assertEquals(Optional.of(feature), e.feature());
    assertSame(refusal, e.getCause());
  }
}
