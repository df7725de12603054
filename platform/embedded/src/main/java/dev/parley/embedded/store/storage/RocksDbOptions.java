package dev.parley.embedded.store.storage;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksObject;
import org.rocksdb.WriteBufferManager;

/** RocksDB's options. Blocks, indexes, filters and write buffers share the memory of one cache. */
final class RocksDbOptions implements AutoCloseable {

    private static final long MAX_LOG_BYTES = 64L << 20;
    private static final long MAX_WRITE_BUFFER_BYTES = 32L << 20;
    private static final int MAX_OPEN_FILES = 500;
    private static final int BITS_PER_KEY = 10;
    private static final int BLOCK_BYTES = 4 << 10;

    private final List<RocksObject> owned = new ArrayList<>();
    private final Cache cache;
    private final DBOptions databaseOptions;
    private final long writeBufferBytes;

    RocksDbOptions(long cacheBytes) {
        this.cache = own(new LRUCache(cacheBytes));
        this.writeBufferBytes = Math.min(MAX_WRITE_BUFFER_BYTES, Math.max(1 << 20, cacheBytes / 8));
        this.databaseOptions = own(new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setMaxOpenFiles(MAX_OPEN_FILES)
                .setMaxTotalWalSize(MAX_LOG_BYTES)
                .setAvoidFlushDuringRecovery(true)
                .setMaxBackgroundJobs(2)
                .setKeepLogFileNum(3)
                .setMaxLogFileSize(4 << 20)
                .setBytesPerSync(1 << 20)
                .setWriteBufferManager(own(new WriteBufferManager(cacheBytes / 4, cache)));
    }

    DBOptions databaseOptions() {
        return databaseOptions;
    }

    ColumnFamilyOptions familyOptions() {
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(BLOCK_BYTES)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setFilterPolicy(own(new BloomFilter(BITS_PER_KEY)))
                .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
                .setFormatVersion(5);
        return own(new ColumnFamilyOptions())
                .setTableFormatConfig(table)
                .setWriteBufferSize(writeBufferBytes)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setLevelCompactionDynamicLevelBytes(true);
    }

    private <T extends RocksObject> T own(T object) {
        owned.add(object);
        return object;
    }

    @Override
    public void close() {
        for (int i = owned.size() - 1; i >= 0; i--) {
            owned.get(i).close();
        }
    }
}
