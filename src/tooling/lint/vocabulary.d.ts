export default function vocabulary(): object
