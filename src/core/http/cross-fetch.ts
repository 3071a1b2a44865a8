export default fetch
