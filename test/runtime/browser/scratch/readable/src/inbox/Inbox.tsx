interface InboxProps {
  readonly seats: number;
}

function takeSeat(seats: number): never {
  throw new RangeError(`all ${seats} seats are taken`);
}

export function Inbox({ seats }: InboxProps) {
  return (
    <button type="button" onClick={() => takeSeat(seats)}>
      Take a seat
    </button>
  );
}
