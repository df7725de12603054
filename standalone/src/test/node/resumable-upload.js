// Uploads a file by tus, or goes on with an upload that an earlier run began. Prints the id of the file at the end.
const fs = require('node:fs')
const tus = require('tus-js-client')

const [endpoint, token, file, filetype, urls] = process.argv.slice(2)

const upload = new tus.Upload(fs.createReadStream(file), {
  endpoint,
  // Smaller than what proxies let through as one body.
  chunkSize: 900_000,
  headers: { Authorization: `Bearer ${token}` },
  metadata: { filename: require('node:path').basename(file), filetype },
  retryDelays: Array(20).fill(250),
  urlStorage: new tus.FileUrlStorage(urls),
  onError(error) {
    console.error(error.message)
    process.exitCode = 1
  },
  onSuccess({ lastResponse }) {
    console.log(`file ${lastResponse.getHeader('Upload-Location-Id')}`)
  },
})

upload.findPreviousUploads().then(([earlier]) => {
  if (earlier) {
    console.log(`goes on with ${earlier.uploadUrl}`)
    upload.resumeFromPreviousUpload(earlier)
  }
  upload.start()
})
