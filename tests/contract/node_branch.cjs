// What the Node SDKs of both versions do alike: validate a branch, then go back to where they were.
// Argument: the name of the branch.
module.exports = async (sdk) => {
  const branch = process.argv[2]
  const seen = {}
  const where = async () => (await sdk.ok(sdk.session())).workspace_id
  const current = async () => (await sdk.ok(sdk.git_branch('shop'))).name
  const validate = async () => {
    const found = await sdk.ok(sdk.validate_project('shop'))
    return found.errors.map((each) => [each.severity, each.file_path, each.line_number, each.message])
  }
  seen.first = await where()
  seen.production = await validate()
  await sdk.ok(sdk.update_session({ workspace_id: 'dev' }))
  seen.entered = await where()
  seen.before = await current()
  seen.dev = await validate()
  seen.switched = (await sdk.ok(sdk.update_git_branch('shop', { name: branch }))).name
  seen.current = await current()
  seen.branch = await validate()
  await sdk.ok(sdk.update_session({ workspace_id: 'production' }))
  seen.meanwhile = await validate()
  await sdk.ok(sdk.update_session({ workspace_id: 'dev' }))
  seen.restored = (await sdk.ok(sdk.update_git_branch('shop', { name: seen.before }))).name
  seen.clean = await validate()
  await sdk.ok(sdk.update_session({ workspace_id: 'production' }))
  seen.last = await where()
  await sdk.authSession.logout()
  console.log(JSON.stringify(seen))
}
