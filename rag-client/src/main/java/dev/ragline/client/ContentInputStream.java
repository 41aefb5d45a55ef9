package dev.ragline.client;

import dev.ragline.v1.GetDocumentContentRequest;
import dev.ragline.v1.GetDocumentContentResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A document's bytes as the server streams them; closing early cancels the call. */
final class ContentInputStream extends InputStream {
  private final ResponseStream<GetDocumentContentRequest, GetDocumentContentResponse> blocks;
  private InputStream block = InputStream.nullInputStream();

  ContentInputStream(ResponseStream<GetDocumentContentRequest, GetDocumentContentResponse> blocks) {
    this.blocks = blocks;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    int count = block.read(target, offset, length);
    while (count < 0 && blocks.hasNext()) {
      block = blocks.next().getBlock().getData().newInput();
      count = block.read(target, offset, length);
    }
    return count;
  }

  @Override
  public void close() {
    blocks.close();
  }
}
