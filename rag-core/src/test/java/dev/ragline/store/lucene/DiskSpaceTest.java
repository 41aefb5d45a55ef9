package dev.ragline.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
  @Test
  void isNearlyGone_diskWithSpace_isFalse(@TempDir Path folder) {
    assertThat(DiskSpace.isNearlyGone(folder)).isFalse();
  }

  @Test
  void isNearlyGone_noSuchFolder_isFalse(@TempDir Path folder) {
    assertThat(DiskSpace.isNearlyGone(folder.resolve("absent"))).isFalse();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void isNearlyGone_fileSystemWithoutASize_isFalse() {
    assertThat(DiskSpace.isNearlyGone(Path.of("/proc"))).isFalse();
  }
}
