/** What the tests of several modules share. Not published. */
package dev.registrykit.testsupport;
