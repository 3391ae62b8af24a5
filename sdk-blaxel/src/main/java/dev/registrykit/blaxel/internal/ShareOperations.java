package dev.registrykit.blaxel.internal;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.blaxel.BlaxelImage;
import dev.registrykit.blaxel.ImageShare;
import dev.registrykit.blaxel.PendingShare;
import dev.registrykit.blaxel.ShareDirection;
import dev.registrykit.blaxel.ShareExpiredException;
import dev.registrykit.blaxel.ShareResult;
import dev.registrykit.blaxel.internal.generated.model.PendingImageShare;
import dev.registrykit.blaxel.internal.generated.model.ShareImageRequest;
import dev.registrykit.blaxel.internal.generated.model.WireImage;
import dev.registrykit.blaxel.internal.wire.Absence;
import dev.registrykit.blaxel.internal.wire.BlaxelApi;
import dev.registrykit.blaxel.internal.wire.BlaxelApi.Shared;
import dev.registrykit.blaxel.internal.wire.BlaxelMapper;
import dev.registrykit.blaxel.internal.wire.BlaxelOperation;
import dev.registrykit.blaxel.internal.wire.DeletionAnswers;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What can be done with shares; only Blaxel has them. */
final class ShareOperations {

  private static final int GONE = 410;

  private final BlaxelApi api;
  private final Absence absence;

  ShareOperations(BlaxelApi api, Absence absence) {
    this.api = api;
    this.absence = absence;
  }

  List<ImageShare> list(ImageRef image) {
    BlaxelOperation operation = BlaxelOperation.onImage("list shares of " + image, image);
    return absence.ofImage(image, operation, () -> api.listShares(operation, image)).stream()
        .filter(Objects::nonNull)
        .map(share -> BlaxelMapper.share(share, operation))
        .toList();
  }

  ShareResult share(ImageRef image, String targetWorkspace, @Nullable String targetAccountId) {
    BlaxelOperation operation =
        BlaxelOperation.onImage("share " + image + " with workspace " + targetWorkspace, image);
    ShareImageRequest request =
        new ShareImageRequest().targetWorkspace(targetWorkspace).targetAccountId(targetAccountId);
    Shared shared =
        absence.ofImage(image, operation, () -> api.shareImage(operation, image, request));
    if (shared.pending() != null) {
      PendingImageShare pending = shared.pending();
      BlaxelMapper.requireSame(image, pending.getResourceType(), pending.getImageName(), operation);
      return ShareResult.pending(BlaxelMapper.pendingShare(shared.pending(), operation));
    }
    if (shared.image() == null) {
      throw operation.invalid("the answer is empty");
    }
    WireImage answer = BlaxelMapper.about(image, shared.image(), operation);
    return ShareResult.shared(BlaxelMapper.blaxelImage(image, answer, operation));
  }

  void unshare(ImageRef image, String targetWorkspace) {
    BlaxelOperation operation =
        BlaxelOperation.on("unshare " + image + " with workspace " + targetWorkspace);
    try {
      DeletionAnswers.requireAbout(
          image, api.unshareImage(operation, image, targetWorkspace), operation);
    } catch (NotFoundException e) {
      if (!e.answerWasLost() || mayBeShared(image, targetWorkspace, e)) {
        throw e;
      }
    }
  }

  /** Looks whether a share that the repetition of a request did not find is gone. */
  private boolean mayBeShared(ImageRef image, String targetWorkspace, NotFoundException refusal) {
    try {
      return list(image).stream().anyMatch(share -> share.workspace().equals(targetWorkspace));
    } catch (ImageNotFoundException gone) {
      return false;
    } catch (RegistryInterruptedException interrupt) {
      interrupt.addSuppressed(refusal);
      throw interrupt;
    } catch (RegistryException other) {
      refusal.addSuppressed(other);
      return true;
    }
  }

  List<PendingShare> listPending(ShareDirection direction) {
    String name = direction.name().toLowerCase(Locale.ROOT);
    BlaxelOperation operation = BlaxelOperation.on("list " + name + " shares");
    return api.listPendingShares(operation, name).stream()
        .filter(Objects::nonNull)
        .map(share -> BlaxelMapper.pendingShare(share, operation))
        .toList();
  }

  BlaxelImage accept(String pendingShareId, boolean overwritesTags) {
    BlaxelOperation operation = BlaxelOperation.on("accept share " + pendingShareId);
    try {
      WireImage image = api.acceptShare(operation, pendingShareId, overwritesTags ? true : null);
      return BlaxelMapper.blaxelImage(BlaxelMapper.ref(image, operation), image, operation);
    } catch (RegistryServiceException e) {
      throw e.statusCode() == GONE ? new ShareExpiredException(e.details()) : e;
    }
  }

  void decline(String pendingShareId) {
    api.declineShare(BlaxelOperation.on("decline share " + pendingShareId), pendingShareId);
  }
}
