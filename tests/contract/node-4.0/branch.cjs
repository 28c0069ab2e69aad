// Validate a branch with the official Node SDK for API 4.0. Prints what it saw as JSON.
const { LookerNodeSDK, NodeSettings } = require('@looker/sdk-node')
require('../node_branch.cjs')(LookerNodeSDK.init40(new NodeSettings('LOOKERSDK')))
