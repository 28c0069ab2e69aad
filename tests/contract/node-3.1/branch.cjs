// Validate a branch with the official Node SDK for API 3.1. Prints what it saw as JSON.
const { LookerNodeSDK, NodeSettings } = require('@looker/sdk-node')
require('../node_branch.cjs')(LookerNodeSDK.init31(new NodeSettings('LOOKERSDK')))
