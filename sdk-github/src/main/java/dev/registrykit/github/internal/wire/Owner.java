package dev.registrykit.github.internal.wire;

import dev.registrykit.github.OwnerKind;

/** Whose packages they are. */
public record Owner(String login, OwnerKind kind) {}
